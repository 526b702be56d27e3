import { HtmlValidate } from 'html-validate'
import { expect, test } from 'vitest'
import { cellOf, nodePool, part, pods } from '../../test/support/declaration.ts'
import { pageOf } from './html.tsx'
import { planOf } from './plan.ts'

const page = pageOf(
  planOf({
    stack: 'made',
    resources: [
      part('kura-part'),
      nodePool('web', 2),
      nodePool('pgpool', 2),
      cellOf('kita', 8, { aozora: 50 }),
      pods('<large>', { replicas: 3, cpu: '2500m' }),
    ],
  }),
)

// The renderer writes void elements as <meta/>, which HTML allows.
const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'void-style': 'off' } })

test('the picture is valid HTML', async () => {
  const { results } = await validator.validateString(page)
  expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual([])
})

test('the picture needs no other file, and shows the figures of the plan', () => {
  expect(page).not.toMatch(/\b(src|href)=|@import|url\(|<script/)
  expect(page).toContain('Pool web: 2 nodes of 4 vCPU, 16 GiB')
  expect(page).not.toMatch(/undefined|NaN|\[object/)
})

test('names are text, whatever is in them, and what does not fit is said first', () => {
  expect(page).toContain('1 of apps/&lt;large&gt; has no place')
  expect(page).not.toContain('<large>')
})
