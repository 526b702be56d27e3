import { open } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { notesIn, openScratch, writeScratch } from './scratch.ts'

describe('a scratch file', () => {
  it('gets all bytes of a note, however few the disk takes at a time', async () => {
    const file = await openScratch()
    const write = file.write.bind(file) as (...given: unknown[]) => Promise<unknown>
    file.write = ((bytes: Uint8Array, ...rest: unknown[]) => write(bytes.subarray(0, 1), ...rest)) as typeof file.write
    const notes = notesIn(file)
    await notes.append(Buffer.from('one and '))
    await notes.flush()
    await notes.append(Buffer.from('two'))
    expect((await buffer(notes.read())).toString()).toBe('one and two')
    await file.close()
  })

  it.each([
    ['at once', () => Buffer.from('bytes')],
    [
      'as they come',
      async function* () {
        yield Buffer.from('bytes')
      },
    ],
  ])('says that the disk is full, when bytes come %s', async (_, bytes) => {
    const full = await open('/dev/full', 'w')
    await expect(writeScratch(full, bytes())).rejects.toMatchObject({ status: 507, title: 'No room' })
    await full.close()
  })
})
