import { readdir, readFile } from 'node:fs/promises'

/** A process, by what it was started with. */
export interface Found {
  pid: number
  command: string
}

/** Every process whose command or environment names a state folder: all that a start on it has started, and itself. */
export async function processesOf(state: string): Promise<Found[]> {
  const read = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [command, environment] = await Promise.all([read(pid, 'cmdline'), read(pid, 'environ')])
      return { pid: Number(pid), command: command.replaceAll('\0', ' ').trim(), names: command + environment }
    }),
  )
  return found.filter(({ names }) => names.includes(state)).map(({ pid, command }) => ({ pid, command }))
}
