import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Installs Debian packages that are not there yet. What they would start by themselves is not started. */
export async function needPackages(...packages: string[]): Promise<void> {
  const missing = []
  for (const name of packages) if (!(await isInstalled(name))) missing.push(name)
  if (missing.length === 0) return
  const advice = `Install them with apt-get install ${missing.join(' ')}.`
  if (process.getuid?.() !== 0) throw new Error(`These packages are missing, and only root may install them. ${advice}`)
  try {
    // Whoever comes second waits for the first.
    const lock = ['-o', 'DPkg::Lock::Timeout=300']
    await run('apt-get', ['update', '-qq', ...lock])
    await run('apt-get', ['install', '-yqq', '--no-install-recommends', ...lock, ...missing], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    })
  } catch (cause) {
    throw new Error(`Packages could not be installed. ${advice}`, { cause })
  }
}

async function isInstalled(name: string): Promise<boolean> {
  const { stdout } = await run('dpkg', ['--status', name]).catch(() => ({ stdout: '' }))
  return stdout.includes('Status: install ok installed')
}
