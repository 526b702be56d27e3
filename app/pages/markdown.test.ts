import { describe, expect, it, test } from 'vitest'
import { parseHtml } from '../../test/support/html.ts'
import { fc } from '../../test/support/property.ts'
import { plainText, renderMarkdown } from './markdown.ts'

/** What is in a text that could do harm, or look like it. */
const piece = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html,x)',
    '[x](vbscript:x)',
    '[x](//elsewhere.example)',
    '![x](https://elsewhere.example/x.png)',
    '<javascript:alert(1)>',
    '<https://elsewhere.example>',
    '[a]: javascript:alert(1)\n\n[a]',
    '[x](https://a.example "onclick=alert(1)")',
    '# ',
    '### ',
    '\n\n',
    '```html\n',
    '| a | b |\n|---|---|\n',
    '> - 1. ',
  ),
)
const ALLOWED =
  'p h2 h3 h4 h5 h6 ul ol li a em strong s code pre blockquote hr br table thead tbody tr th td html head body'.split(
    ' ',
  )

describe('a text', () => {
  it('becomes nothing but what text may be, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        for (const { name, attributes } of parseHtml(renderMarkdown(pieces.join('')))) {
          expect(ALLOWED).toContain(name)
          for (const [attribute, value] of attributes) {
            // A style attribute is markdown-it's way to align a table's cell; no browser takes it here.
            expect(['href', 'title', 'start', 'class', 'style']).toContain(attribute)
            if (attribute === 'href')
              expect(new URL(value, 'https://here.example').protocol).toMatch(/^(https?|mailto):$/)
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('has headings below the page’s own, and skips none', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 10 }), (levels) => {
        const html = renderMarkdown(levels.map((level) => `${'#'.repeat(level)} x`).join('\n\n'))
        const shown = [...html.matchAll(/<h(\d)>x<\/h\1>/g)].map(([, level]) => Number(level))
        expect(shown).toHaveLength(levels.length)
        for (const [index, level] of shown.entries()) {
          expect(level).toBeGreaterThan(1)
          expect(level).toBeLessThanOrEqual((shown[index - 1] ?? 1) + 1)
          if (levels[index] === levels[index - 1]) expect(level).toBe(shown[index - 1])
        }
      }),
    )
  })
})

test.each([
  ['<b>x</b>', '<p>&lt;b&gt;x&lt;/b&gt;</p>'],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ['[x](/collections/3)', '<p><a href="/collections/3">x</a></p>'],
  ['<a@b.example>', '<p><a href="mailto:a@b.example">a@b.example</a></p>'],
  ['紀要を\n公開', '<p>紀要を公開</p>'],
  ['two\nwords', '<p>two\nwords</p>'],
])('%j is %s', (text, html) => {
  expect(renderMarkdown(text).trim()).toBe(html)
})

test('its words alone are had for descriptions', () => {
  expect(plainText('# 目的\n\n研究を\n**公開**し\nWe *do* [it](https://a.example).')).toBe(
    '目的 研究を公開し We do it.',
  )
})
