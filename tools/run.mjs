/*
 * Runs a program of this project: `node tools/run.mjs <script.ts> [argument…]`. It installs what is missing, then
 * starts the script with the Node.js that the packages bring. Whoever calls it may have an older one: `sh` keeps the
 * `node` that it found first, also after the installation. So this is plain JavaScript for Node.js 20.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { release, take } from './lock.mjs'

const OLDEST_NODE = 20

const root = fileURLToPath(new URL('..', import.meta.url))
const binaries = join(root, 'node_modules', '.bin')
const node = join(binaries, 'node')

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE)
  stop(`Kura needs Node.js ${OLDEST_NODE} or newer to install its own; this is ${process.versions.node}.`)
if (!isInstalled()) await install()

const args = ['--enable-source-maps', '--import', './app/platform/tsx.ts', ...process.argv.slice(2)]
// Programs run in the clone; a path that someone gave is meant from where they stand, which npm tells the same way.
const env = { INIT_CWD: process.cwd(), ...process.env }
const { code, signal } = await run(node, args, { cwd: root, env, stdio: 'inherit' })
process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGTERM']

/**
 * Whether npm's own record of what it installed has every version that the lock file asks for. npm writes it last, so
 * an installation that was broken off has none.
 */
function isInstalled() {
  try {
    /** @param {string} file */
    const packages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages
    const installed = packages('node_modules/.package-lock.json')
    return (
      existsSync(node) &&
      Object.entries(packages('package-lock.json')).every(
        // '' is the project itself; what is optional is there on some systems only.
        ([path, { version, optional }]) =>
          path === '' || (installed[path] ? installed[path].version === version : optional === true),
      )
    )
  } catch {
    return false
  }
}

async function install() {
  let failure = ''
  const lock = join(root, '.kura', 'install.lock')
  try {
    mkdirSync(join(root, '.kura'), { recursive: true, mode: 0o711 })
    for (let told = false, holder = take(lock); holder !== undefined; holder = take(lock)) {
      if (!told) console.error(`Another process (${holder}) is installing Kura's packages; waiting for it.`)
      told = true
      await sleep(200)
    }
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    stop(`Kura's packages are not installed, and its folder ${root} cannot be written to (${code}).`)
  }
  if (!isInstalled()) {
    const begun = Date.now()
    console.error('Installing the packages of Kura, about 500 MB. This happens once and takes a minute or so.')
    // Not by the Node.js in the folder that npm is about to replace; and not on standard output, which is the script's.
    const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== binaries)
    const { code, signal } = await run('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=error'], {
      cwd: root,
      env: { ...process.env, PATH: path.join(delimiter) },
      stdio: ['ignore', 2, 2],
    })
    if (code === 0) console.error(`Installed in ${Math.round((Date.now() - begun) / 1_000)} s.`)
    else failure = `Kura's packages could not be installed: npm ended with ${signal ?? code}, its own words are above.`
  }
  release(lock)
  if (failure) stop(failure)
}

/**
 * Runs a program to its end. A signal that asks us to end is passed on, and the program decides when it has ended.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
async function run(command, args, options) {
  const child = spawn(command, args, options)
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  try {
    return await new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }))
      child.once('error', (error) => stop(`${command} could not be started: ${error.message}`))
    })
  } finally {
    for (const signal of signals) process.off(signal, pass)
  }
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
