import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { addAbortSignal, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Scanner, ScannerUnavailable, type Verdict } from './port.ts'

/** Milliseconds that connecting may take, that may pass between two pieces, and until the verdict. */
const PATIENCE = { connect: 5_000, piece: 60_000, verdict: 360_000 }
/** Bytes of its answers at most: a version, and one line that names what was found. */
const LONGEST_ANSWER = 10_000

/** What clamd finds where it did not look everywhere, and is told to say so (`AlertExceedsMax`, `AlertEncrypted`). */
const UNSEEN = /^Heuristics\.(Limits\.Exceeded|Encrypted)\b/

export interface Clamd {
  host: string
  port: number
  /** Bytes of a file at most, not more than clamd's `StreamMaxLength`: what is larger is not sent. */
  largest: number
}

/**
 * ClamAV's daemon (clamd(8), "COMMANDS"): a connection for each file, by which it says its version and its verdict.
 *
 * @param patience others than {@link PATIENCE} are for tests.
 */
export function clamdScanner({ host, port, largest }: Clamd, patience: typeof PATIENCE = PATIENCE): Scanner {
  return {
    async scan(size, open, stop) {
      if (size > largest) return { state: 'unscannable', finding: `larger than ${largest} bytes` }
      const socket = connect({ host, port })
      if (stop) addAbortSignal(stop, socket)
      socket.on('timeout', () => socket.destroy(new Error(`nothing has passed for ${socket.timeout} ms`)))
      const answers = answersOf(socket)
      let contents: Readable | undefined
      let unread: Error | undefined
      try {
        socket.setTimeout(patience.connect)
        await once(socket, 'connect').catch(() => {})
        if (!socket.destroyed) {
          contents = await open()
          // Where the scanner fails first, the contents are given up with it, and have not failed themselves.
          contents.on('error', (error) => {
            if (!socket.destroyed) unread = error
          })
          socket.setTimeout(patience.piece)
          pipeline(contents, whole(size), framed, socket, { end: false }).then(
            () => socket.setTimeout(patience.verdict),
            (error) => socket.destroy(error),
          )
        }
        const said = await answers
        stop?.throwIfAborted()
        if (unread) throw unread
        if (socket.errored instanceof Incomplete) throw socket.errored
        return verdictIn(said, socket.errored)
      } finally {
        contents?.destroy()
        socket.destroy()
      }
    },
  }
}

/** Contents that have ended before their end. */
class Incomplete extends Error {
  override name = 'Incomplete'
}

/** All bytes, and no verdict on less: a connection that ends early may look like a file that does. */
const whole = (size: number) =>
  async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let read = 0
    for await (const piece of bytes) {
      read += piece.length
      yield piece
    }
    if (read !== size) throw new Incomplete(`${read} bytes were read of contents that have ${size}`)
  }

/** A session: each piece after its length, and a length of 0 at the end, so an empty piece must not be sent. */
async function* framed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('zIDSESSION\0zVERSION\0zINSTREAM\0')
  for await (const piece of bytes) {
    if (piece.length === 0) continue
    yield lengthOf(piece)
    yield piece
  }
  yield Buffer.concat([lengthOf([]), Buffer.from('zEND\0')])
}

function lengthOf({ length }: { length: number }): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  return bytes
}

/** What it says, an answer after the other: once both are there, or the connection is over. */
const answersOf = (socket: Socket) =>
  new Promise<string[]>((resolve) => {
    let text = ''
    const answers = () => text.split('\0').slice(0, -1)
    socket.setEncoding('utf8')
    socket.on('data', (piece: string) => {
      text += piece
      if (text.length > LONGEST_ANSWER) socket.destroy(new Error('it says too much'))
      else if (answers().length === 2) resolve(answers())
    })
    // What went wrong stays with the socket.
    socket.on('error', () => {})
    socket.on('close', () => resolve(answers()))
  })

/** @throws ScannerUnavailable where that is no verdict. */
function verdictIn(answers: string[], failure: Error | null): Verdict {
  const answer = (command: number) =>
    answers.find((line) => line.startsWith(`${command}: `))?.slice(`${command}: `.length)
  const version = answer(1)
  const said = answer(2) ?? ''
  const looked = version === undefined ? {} : { signatures: version }
  const finding = /^stream: (.+) FOUND$/.exec(said)?.[1]
  if (finding !== undefined) return { state: UNSEEN.test(finding) ? 'unscannable' : 'infected', finding, ...looked }
  if (said === 'stream: OK') return { state: 'clean', ...looked }
  throw new ScannerUnavailable(said || (failure?.message ?? 'it ended the connection'), { cause: failure })
}
