import { open, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../../test/setup/folder.ts'
import { notesIn, openScratch, sweepScratch, writeScratch } from './scratch.ts'

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

describe('leftovers', () => {
  const HOUR = 60 * 60 * 1000
  afterEach(() => void vi.useRealTimers())

  it('are removed when nobody has touched them for a day, and nothing else is', async () => {
    const { folder, remove } = await temporaryFolder()
    const ago = (hours: number) => new Date(Date.now() - hours * HOUR)
    for (const [name, hours] of [
      ['.nfs0000000001', 25],
      ['0000000017', 25],
      ['under way', 23],
    ] as const) {
      await writeFile(join(folder, name), '')
      await utimes(join(folder, name), ago(hours), ago(hours))
    }
    await sweepScratch(folder)
    expect(await readdir(folder)).toEqual(['under way'])
    await remove()
  })

  it('are no files that a process still holds: it touches them', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const file = await openScratch()
    await file.utimes(0, 0)
    vi.advanceTimersByTime(HOUR)
    await vi.waitFor(async () => expect((await file.stat()).mtimeMs).toBeGreaterThan(Date.now() - HOUR))
    await file.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})
