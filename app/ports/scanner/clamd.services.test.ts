import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClamAv, EICAR, startClamAv } from '../../../test/services/clamd.ts'
import { needPackages } from '../../../test/services/packages.ts'
import { temporaryFolder } from '../../../test/setup/folder.ts'
import { fc, tried } from '../../../test/support/property.ts'
import { zipOf } from '../../../test/support/zip.ts'
import { clamdScanner } from './clamd.ts'
import { ScannerUnavailable } from './port.ts'

let clamav: ClamAv
beforeAll(async () => {
  clamav = await startClamAv()
})
afterAll(() => clamav.remove())

const PATIENCE = { connect: 2_000, piece: 1_000, verdict: 2_000 }
const scanner = () => clamdScanner(clamav.at, PATIENCE)

const piecesOf = (...pieces: (string | Uint8Array)[]) =>
  Readable.from(
    pieces.map((piece) => Buffer.from(piece as string)),
    { objectMode: false },
  )
const scan = (...pieces: (string | Uint8Array)[]) =>
  scanner().scan(
    pieces.reduce((sum, piece) => sum + piece.length, 0),
    async () => piecesOf(...pieces),
  )

/** A PDF with something in a compressed stream. */
const pdfWith = (content: string) => {
  const stream = deflateSync(Buffer.from(content))
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n3 0 obj<</Type/EmbeddedFile/Filter/FlateDecode/Length ${stream.length}>>stream\n`,
    ),
    stream,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  ])
}

describe('clamd', () => {
  it('passes what it finds nothing in, and says by what it knows', async () => {
    expect(await scan('an honest letter')).toEqual({
      state: 'clean',
      signatures: expect.stringMatching(/^ClamAV \d+\.\d+/),
    })
    expect(await scan()).toMatchObject({ state: 'clean' })
  })

  it('finds a virus in a file, in an archive and in a PDF, and names it', async () => {
    const found = { state: 'infected', finding: expect.stringContaining('Eicar-Test-Signature') }
    expect(await scan(EICAR)).toMatchObject(found)
    expect(await scan(await zipOf({ 'letter.txt': 'honest', 'in/deep.com': EICAR }))).toMatchObject(found)
    expect(await scan(await zipOf({ 'inner.zip': await zipOf({ 'deep.com': EICAR }) }))).toMatchObject(found)
    expect(await scan(pdfWith(EICAR))).toMatchObject(found)
  })

  it('finds it however the file comes in pieces, empty ones among them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(EICAR.length), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), EICAR.length]
        const pieces = at.slice(1).map((end, index) => EICAR.slice(at[index], end))
        expect((await scan(...pieces)).state).toBe('infected')
      }),
      tried('pieces of a file', 30, 20),
    )
  })

  it('does not say that it is clean what it takes no more of', async () => {
    const { largest } = clamav.at
    expect(await scan(Buffer.alloc(largest))).toMatchObject({ state: 'clean' })
    let opened = false
    const open = async () => {
      opened = true
      return piecesOf()
    }
    expect(await scanner().scan(largest + 1, open)).toMatchObject({ state: 'unscannable' })
    expect(opened).toBe(false)
    // A limit of ours that is wrong.
    const wrong = clamdScanner({ ...clamav.at, largest: 4 * largest }, PATIENCE)
    await expect(wrong.scan(2 * largest, async () => piecesOf(Buffer.alloc(2 * largest)))).rejects.toThrow(
      ScannerUnavailable,
    )
  })

  it('does not say that it is clean what holds more than it unpacks', async () => {
    const much = Buffer.alloc(clamav.at.largest, 'much')
    const tooMuch = { state: 'unscannable', finding: expect.stringContaining('Limits') }
    expect(await scan(await zipOf({ 'one.bin': much }))).toMatchObject({ state: 'clean' })
    expect(await scan(await zipOf({ 'a.bin': much, 'b.bin': much, 'c.bin': much }))).toMatchObject(tooMuch)
    expect(await scan(await zipOf({ 'large.bin': Buffer.concat([much, much, much]) }))).toMatchObject(tooMuch)
  })

  it('does not say that it is clean what is locked with a password', async () => {
    await needPackages('zip')
    const { folder, remove } = await temporaryFolder()
    try {
      await writeFile(join(folder, 'inside.com'), EICAR)
      await promisify(execFile)('zip', ['-q', '-P', 'secret', 'locked.zip', 'inside.com'], { cwd: folder })
      const locked = await readFile(join(folder, 'locked.zip'))
      expect(await scan(locked)).toMatchObject({ state: 'unscannable', finding: expect.stringContaining('Encrypted') })
    } finally {
      await remove()
    }
  })

  it('judges nothing that could not be read to its end', async () => {
    const broken = new Readable({
      read() {
        this.push('begun')
        this.destroy(new Error('the store is gone'))
      },
    })
    await expect(scanner().scan(10, async () => broken)).rejects.toThrow('the store is gone')
    await expect(scanner().scan(10, async () => piecesOf('short'))).rejects.toThrow('5 bytes were read')
    const missing = () => Promise.reject(new Error('there is no object'))
    await expect(scanner().scan(10, missing)).rejects.toThrow('there is no object')
  })

  it('is broken off when it is told to', async () => {
    const stopping = new AbortController()
    const stalled = new Readable({ read: () => stopping.abort(new Error('the process ends')) })
    await expect(scanner().scan(10, async () => stalled, stopping.signal)).rejects.toThrow('the process ends')
    expect(stalled.destroyed).toBe(true)
  })

  it('takes no more from whoever reads than it has room for', async () => {
    await clamav.freeze()
    let taken = 0
    const endless = new Readable({
      read() {
        taken += 65_536
        this.push(Buffer.alloc(65_536))
      },
    })
    const slow = clamdScanner({ ...clamav.at, largest: Number.MAX_SAFE_INTEGER }, PATIENCE)
    const waiting = slow.scan(Number.MAX_SAFE_INTEGER, async () => endless)
    await expect(waiting).rejects.toThrow(ScannerUnavailable)
    expect(taken).toBeGreaterThan(0)
    // What fits into the sockets of both sides.
    expect(taken).toBeLessThan(20_000_000)
    await clamav.thaw()
  })

  it('has no verdict while it is gone, stands still, or dies over a file', async () => {
    await clamav.freeze()
    await expect(scan('a letter')).rejects.toThrow(ScannerUnavailable)
    const dying = scan('a letter')
    await Promise.all([expect(dying).rejects.toThrow(ScannerUnavailable), clamav.kill()])
    await expect(scan('a letter')).rejects.toThrow(ScannerUnavailable)
    await clamav.start()
    expect(await scan('a letter')).toMatchObject({ state: 'clean' })
  })
})
