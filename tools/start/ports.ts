import { setTimeout as sleep } from 'node:timers/promises'
import { PlainError } from '../../app/cli/plain-error.ts'
import { obstacle } from '../ports.ts'

/** Loopback alone: nothing of this is meant for other machines. */
export const LOOPBACK = ['127.0.0.1', '::1']

const DEFAULT_PORT = 8080
/** Milliseconds that a process gets until it is ready. */
const READY = 60_000

/**
 * The port that institutions are served on: `PORT`, or 8080.
 *
 * @throws PlainError if it is not to be had.
 */
export async function choosePort(): Promise<number> {
  const wanted = process.env.PORT || String(DEFAULT_PORT)
  const port = Number(wanted)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new PlainError(`PORT is "${wanted}"; it must be a number from 1 to 65535.`)
  for (const address of LOOPBACK) {
    const code = await obstacle(port, address)
    const other = `choose another one, such as PORT=${port < 65_535 ? port + 1 : DEFAULT_PORT} npm start`
    if (code === 'EADDRINUSE') throw new PlainError(`Port ${port} is taken by another program: end that, or ${other}`)
    if (code !== undefined) throw new PlainError(`Port ${port} cannot be used (${code}): ${other}`)
  }
  return port
}

/** Waits until a process says that it takes requests. */
export async function whenReady(url: string): Promise<void> {
  const limit = AbortSignal.timeout(READY)
  for (;;) {
    const response = await fetch(url, { signal: limit }).catch(() => undefined)
    if (response?.ok) return
    if (limit.aborted) throw new PlainError(`${url} was not ready within ${READY / 1000} s.`)
    await sleep(50)
  }
}
