import type { FileHandle } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { type Limits, runConfined } from './confined.ts'
import { EXIT } from './reader/exit.ts'

/** What came of reading a file. */
export type Reading = { state: 'read'; text: string; reason?: string } | { state: 'nothing' | 'failed'; reason: string }

/** The reader did not end by itself: it was killed at a limit, or crashed. Another time it may be luckier. */
export class Broken extends Error {
  override name = 'Broken'
}

const program = new URL('./reader/main.ts', import.meta.url)

const MEBIBYTE = 2 ** 20
/** Memory is shared with whoever runs the reader, in a container that has as much as it was given. */
const available = Math.min(process.constrainedMemory() || Infinity, totalmem())

const LIMITS: Limits = {
  seconds: 180,
  processor: 120,
  memory: Math.min(1024 * MEBIBYTE, Math.floor(available / 2)),
  characters: 20_000_000,
}

/**
 * Reads a file's text in a process of its own. `type` is the media type that it is said to have.
 *
 * @throws Broken if the process did not end by itself, and what `stop` is aborted with.
 */
export async function readFile(
  input: FileHandle,
  type: string,
  { limits = LIMITS, stop }: { limits?: Limits; stop?: AbortSignal } = {},
): Promise<Reading> {
  const { output, cut, code, killed, complaint } = await runConfined(program, [type], {
    input,
    limits,
    ...(stop && { stop }),
  })
  if (cut) return { state: 'read', text: storable(output), reason: `has more than ${limits.characters} characters` }
  if (code === 0) {
    const text = storable(output)
    return text.trim() === '' ? { state: 'nothing', reason: 'holds no text' } : { state: 'read', text }
  }
  if (code === EXIT.nothing) return { state: 'nothing', reason: complaint }
  if (code === EXIT.broken) return { state: 'failed', reason: complaint }
  throw new Broken(killed ?? `ended with ${code}: ${complaint}`)
}

/** PostgreSQL's texts hold no NUL. */
const storable = (text: string) => text.replaceAll('\0', '')
