import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Run } from './proof/left.ts'
import { MARK, pageOf } from './proof/page.ts'

const page = readFileSync(join(import.meta.dirname, '../docs/proof.md'), 'utf8')
const record = JSON.parse(readFileSync(join(import.meta.dirname, 'proof/record.json'), 'utf8')) as Run[]

describe('docs/proof.md', () => {
  it('says what the recorded runs did and measured, and no more: if not, npm run proof', () => {
    expect(pageOf(page, record)).toBe(page)
  })

  it('says of a test that did not run that it was left out', () => {
    const run: Run = {
      file: 'test/engine/whole.test.ts',
      day: '2026-01-31',
      machine: '2 cores, 24 GiB',
      seconds: 60,
      tests: [
        { sentence: 'dev: comes up', skipped: false },
        { sentence: 'prod: comes up', skipped: true },
      ],
      measurements: [{ what: 'up of dev', figures: { 'up, seconds': 30 } }],
    }
    const text = pageOf(`# Written\n\n${MARK}\nold`, [run])
    expect(text).toContain('2026-01-31, 2 cores, 24 GiB: 1 of 2 tests ran and held, in 60 s.')
    expect(text).toContain('- dev: comes up\n- Left out: prod: comes up\n')
    expect(text).toContain('| up of dev | up, seconds 30 |')
  })
})
