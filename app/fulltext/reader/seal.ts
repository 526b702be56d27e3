import { closeSync, readSync, writeSync } from 'node:fs'

/** Where the process that started us listens for the word. */
const PARENT = 3

/**
 * Says that everything needed has been opened, and waits until the parent has seen to it that nothing else can be: no
 * file and no connection. To be called before the first byte of a file is looked at closely.
 */
export function seal(): void {
  writeSync(PARENT, '\n')
  // Nobody is there any more to take the text, or to see to anything.
  if (readSync(PARENT, Buffer.alloc(1)) === 0) process.exit(1)
  closeSync(PARENT)
}
