import { Readable } from 'node:stream'
import { ObjectsUnavailable } from '../port.ts'

/** Milliseconds that a reader waits for more of an object. */
const STALL = 10_000
/** Bytes that are read ahead. */
const AHEAD = 32 * 1_024

/**
 * The bytes of an answer, given up when none come for so long though somebody waits for them. A reader may be slow: as
 * long as bytes wait for him, the server is not asked for more. Whoever leaves ends the connection.
 */
export function withPatience(answer: Readable): Readable {
  let stall: NodeJS.Timeout | undefined
  const stop = () => {
    clearTimeout(stall)
    stall = undefined
  }
  const bytes = new Readable({
    highWaterMark: AHEAD,
    read() {
      stall ??= setTimeout(() => bytes.destroy(new ObjectsUnavailable('nothing more of an object came')), STALL)
      answer.resume()
    },
    destroy(error, done) {
      stop()
      answer.destroy()
      done(error)
    },
  })
  // Paused before it is listened to, which would set it going.
  answer.pause()
  answer.on('data', (chunk) => {
    stop()
    if (!bytes.push(chunk)) answer.pause()
  })
  answer.once('end', () => {
    stop()
    bytes.push(null)
  })
  answer.once('error', (error) => bytes.destroy(new ObjectsUnavailable(error)))
  return bytes
}
