import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { docxOf, fonts, odtOf, pdfOf, pptxOf, streamOf, xlsxOf } from '../../test/support/documents.ts'
import { fc } from '../../test/support/property.ts'
import { zipOf } from '../../test/support/zip.ts'
import { openScratch } from '../platform/scratch.ts'
import type { Limits } from './confined.ts'
import { Broken, readFile } from './read-file.ts'

async function reading(bytes: Uint8Array | string, type = 'application/octet-stream', limits?: Limits) {
  const input = await openScratch()
  try {
    await input.writeFile(bytes)
    return await readFile(input, type, limits && { limits })
  } finally {
    await input.close()
  }
}
const textOf = async (bytes: Uint8Array | string, type?: string) => {
  const read = await reading(bytes, type)
  if (read.state !== 'read') throw new Error(`${read.state}: ${read.reason}`)
  return read.text.trim()
}
const hex = (digits: string) => Buffer.from(digits, 'hex')

describe('the text of a PDF', () => {
  it('is read page by page and line by line', async () => {
    const pdf = pdfOf([['First line', 'second line'], ['Next page']])
    expect((await textOf(pdf)).split(/\n+/)).toEqual(['First line', 'second line', 'Next page'])
  })

  it('is read where its Japanese font is not embedded, by the CMap that it names', async () => {
    expect(await textOf(pdfOf([['吾輩は猫である。𠮷野家']], { font: fonts.utf16 }))).toBe('吾輩は猫である。𠮷野家')
    // 日本語①
    expect(await textOf(pdfOf([['93fa967b8cea8740']], { font: fonts.cp932 }))).toBe('日本語①')
  })

  it('does not part a Japanese word that goes on in the next line', async () => {
    const lines = ['むかし、あるところに機関リポ', 'ジトリがありました。', 'English words', 'are parted.']
    expect(await textOf(pdfOf([lines], { font: fonts.utf16 }))).toBe(
      'むかし、あるところに機関リポジトリがありました。\nEnglish words\nare parted.',
    )
  })

  it('is read where the cross-reference table is not where it should be', async () => {
    expect(await textOf(pdfOf([['Found all the same']], { startxref: 7 }))).toBe('Found all the same')
  })

  it('is read of its other pages where one is damaged', async () => {
    const whole = pdfOf([['kept'], ['lost']]).toString('latin1')
    const page = whole.lastIndexOf('<< /Type /Page /Parent')
    const damaged = `${whole.slice(0, page)}()${whole.slice(page + 2)}`
    expect(await textOf(Buffer.from(damaged, 'latin1'))).toBe('kept')
  })

  it('fails where no page of it can be read', async () => {
    const damaged = pdfOf([['lost']])
      .toString('latin1')
      .replace('<< /Type /Page /Parent', '() /Type /Page /Parent')
    expect(await reading(Buffer.from(damaged, 'latin1'))).toMatchObject({ state: 'failed' })
  })

  it('is not there where pages are images', async () => {
    expect(await reading(pdfOf([[]]))).toEqual({ state: 'nothing', reason: 'holds no text' })
  })

  it('is nothing where it takes a password', async () => {
    const trailer = `/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${'a5'.repeat(32)}> /U <${'5a'.repeat(32)}> >> /ID [<00> <00>]`
    expect(await reading(pdfOf([['secret']], { trailer }))).toEqual({ state: 'nothing', reason: 'needs a password' })
  })

  it('fails with a reason where nothing of it can be understood', async () => {
    expect(await reading('%PDF-1.7\nnot really')).toEqual({ state: 'failed', reason: expect.stringContaining('PDF') })
  })
})

describe('a plain text', () => {
  const sentence = '日本語の文章、カタカナ'
  it.each([
    ['UTF-8', Buffer.from(sentence)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${sentence}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${sentence}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${sentence}`, 'utf16le').swap16()],
    ['UTF-16 without a byte order mark', Buffer.from(`${sentence}\n1`, 'utf16le')],
    ['CP932', hex('93fa967b8cea82cc95b68fcd8141834a835e834a8369')],
    ['EUC-JP', hex('c6fccbdcb8eca4cecab8beCfa1a2a5aba5bfa5aba5ca')],
    ['ISO-2022-JP', hex('1b2442467c4b5c386c244e4a383e4f2122252b253f252b254a1b2842')],
  ])('is read in %s', async (_, bytes) => {
    expect((await textOf(bytes, 'text/plain')).replace(/\n1$/, '')).toBe(sentence)
  })

  it('is read in CP932 with characters of makers’ own', async () => {
    expect(await textOf(hex('8740fab1'), 'text/csv')).toBe('①﨑')
  })

  it('is read in EUC-JP where it might be half-width katakana in CP932', async () => {
    expect(await textOf(hex('a4a2a4a4a4a6a4a8a4aa'), 'text/plain')).toBe('あいうえお')
  })

  it('is read in Latin 1, when it says enough', async () => {
    const text = 'Il était une fois un dépôt où l’on gardait les thèses. '.replace('’', "'").repeat(5).trim()
    expect(await textOf(Buffer.from(text, 'latin1'), 'text/plain')).toBe(text)
  })

  it('of whatever characters comes out as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (text) => {
        const read = await reading(`x${text}`, 'text/plain')
        expect(read).toEqual({ state: 'read', text: `x${text}`.replaceAll('\0', '') })
      }),
      { numRuns: 10 },
    )
  })

  it('of 2,000,000 characters is read to its last sentence', async () => {
    const thesis = `${'この論文は長い。'.repeat(250_000)}最後の一文である。`
    const text = await textOf(thesis, 'text/plain')
    expect(text.length).toBe(thesis.length)
    expect(text.endsWith('最後の一文である。')).toBe(true)
  })

  it('is cut where it is longer than what is kept, and that is said', async () => {
    const limits = { seconds: 60, processor: 60, memory: 512 * 2 ** 20, characters: 1_000_000 }
    expect(await reading('あ'.repeat(3_000_000), 'text/plain', limits)).toEqual({
      state: 'read',
      text: 'あ'.repeat(1_000_000),
      reason: 'has more than 1000000 characters',
    })
  })

  it('is not made of bytes that are none', async () => {
    expect(await reading(randomBytes(10_000))).toEqual({ state: 'nothing', reason: 'is not text' })
    expect(await reading(new Uint8Array())).toEqual({ state: 'nothing', reason: 'is empty' })
  })
})

describe('the text of HTML and XML', () => {
  it('is what a reader sees', async () => {
    const html = `<!DOCTYPE html><html><head><title>題名</title><style>p{}</style><script>alert("x")</script></head>
      <body><p>A <b>bo</b>ld word &amp; <ruby>蔵<rt>くら</rt></ruby>書</p><p>Next&nbsp;one<br>and more</body></html>`
    expect((await textOf(html)).split('\n')).toEqual(['題名', 'A bold word & 蔵書', 'Next\u00a0one', 'and more'])
  })

  it('is decoded as the document declares', async () => {
    const html = Buffer.concat([
      Buffer.from('<html><meta charset="Shift_JIS"><p>'),
      hex('93fa967b8cea'),
      Buffer.from('</p>'),
    ])
    expect(await textOf(html, 'text/html')).toBe('日本語')
    const xml = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="EUC-JP"?><a>'),
      hex('c6fccbdcb8ec'),
      Buffer.from('</a>'),
    ])
    expect(await textOf(xml, 'text/xml')).toBe('日本語')
    // What might as well be EUC-JP.
    const cyrillic = Buffer.concat([Buffer.from('<html><meta charset=windows-1251><p>'), hex('cff0e8e2e5f2')])
    expect(await textOf(cyrillic, 'text/html')).toBe('Привет')
  })

  it('takes no entity of a document’s own for a text', async () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom"><!ENTITY f SYSTEM "file:///etc/passwd">]><a>x&b;&f;y</a>`
    expect(await textOf(xml)).toBe('x&b;&f;y')
  })
})

describe('the text of an Office document', () => {
  it('is read of Word, without what was struck out, and each thing once', async () => {
    const docx = await docxOf(
      `<w:p><w:r><w:t>一つの</w:t></w:r><w:r><w:t>段落</w:t><w:tab/><w:t>x</w:t></w:r></w:p>
       <w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>
       <mc:AlternateContent><mc:Choice><w:t>box</w:t></mc:Choice><mc:Fallback><w:t>box</w:t></mc:Fallback></mc:AlternateContent>`,
      { 'word/footnotes.xml': '<w:footnotes xmlns:w="x"><w:p><w:t>A note</w:t></w:p></w:footnotes>' },
    )
    expect((await textOf(docx)).split(/\s*\n\s*/)).toEqual(['一つの段落', 'x', 'box', 'A note'])
  })

  it('is read of PowerPoint in the order of the slides', async () => {
    const slides = Array.from({ length: 11 }, (_, index) => `slide ${index + 1}`)
    expect((await textOf(await pptxOf(slides))).split(/\n+/)).toEqual(slides)
  })

  it('is read of Excel, without readings and figures', async () => {
    const xlsx = await xlsxOf(
      '<si><t>県</t><rPh sb="0" eb="1"><t>ケン</t></rPh></si><si><r><t>二つ</t></r><r><t>の部分</t></r></si>',
      '<c t="s"><v>0</v></c><c><v>42</v></c><c t="inlineStr"><is><t>inline</t></is></c>',
    )
    expect((await textOf(xlsx)).split(/\n+/)).toEqual(['県', '二つの部分', 'inline'])
  })

  it('is read of OpenDocument', async () => {
    const odt = await odtOf(
      '<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>見出し</text:h><text:p>A<text:span>B</text:span><text:s/>C</text:p>',
    )
    expect((await textOf(odt)).split('\n')).toEqual(['見出し', 'AB', 'C'])
  })

  it('is not looked for in an archive, or in what older programs wrote', async () => {
    expect(await reading(await zipOf({ 'a.txt': 'x' }))).toEqual({ state: 'nothing', reason: 'is an archive' })
    expect(await reading(hex('d0cf11e0a1b11ae1'))).toMatchObject({ state: 'nothing' })
  })

  it('fails with a reason where the archive is cut off', async () => {
    const docx = await docxOf('<w:p><w:t>x</w:t></w:p>')
    expect(await reading(docx.subarray(0, docx.length - 30))).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/./),
    })
  })
})

describe('a hostile file', { timeout: 120_000 }, () => {
  const limits: Limits = { seconds: 60, processor: 60, memory: 256 * 2 ** 20, characters: 20_000_000 }

  it('that is a Word document does not unpack without end', async () => {
    const spaces = Buffer.alloc(250 * 2 ** 20, ' ')
    const docx = await zipOf({ 'word/document.xml': spaces })
    expect(docx.length).toBeLessThan(2 ** 20)
    expect(await reading(docx, undefined, limits)).toEqual({ state: 'nothing', reason: 'unpacks to more than 200 MiB' })
  })

  it('that is a PDF does not unpack without end', async () => {
    const content = streamOf(deflateSync(Buffer.alloc(400 * 2 ** 20, ' ')))
    const outcome = reading(pdfOf([['x']], { content }), undefined, limits)
    await expect(outcome).rejects.toThrow(Broken)
  })

  it('that nests without end is given up', async () => {
    const deep = `<a>${'<b>'.repeat(2_000_000)}deep`
    const reason = 'has more than 5000 elements within each other'
    expect(await reading(deep, 'text/xml', limits)).toEqual({ state: 'nothing', reason })
  })
})
