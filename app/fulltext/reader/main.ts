import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { EXIT } from './exit.ts'
import { parserFor } from './parser-for.ts'
import { seal } from './seal.ts'
import { Unreadable } from './unreadable.ts'

/*
 * Reads one file, on standard input, and writes its text to standard output as UTF-8. Its argument is the media type
 * that the file is said to have. It runs confined (confined.ts), because what it reads was made by anybody. How it went
 * is its exit code ({@link EXIT}), and why, one line on standard error.
 */
try {
  const parse = await parserFor(process.argv[2] ?? '')
  seal()
  await pipeline(Readable.from(parse()), process.stdout)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof Unreadable ? EXIT.nothing : EXIT.broken
}
