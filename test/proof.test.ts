import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Left } from './proof/measured.ts'
import { MARK, pageOf } from './proof/page.ts'

const page = readFileSync(join(import.meta.dirname, '../docs/proof.md'), 'utf8')
const record = JSON.parse(readFileSync(join(import.meta.dirname, 'proof/record.json'), 'utf8')) as Left

describe('docs/proof.md', () => {
  it('says what the recorded runs did and measured, and no more: if not, npm run proof', () => {
    expect(pageOf(page, record)).toBe(page)
  })

  it('holds no run that failed', () => {
    expect(record.runs.flatMap(({ tests }) => tests).filter(({ state }) => state === 'failed')).toEqual([])
  })

  it('says of a test that did not run that it was left out', () => {
    const tests = [
      { sentence: 'dev: comes up', state: 'passed' as const },
      { sentence: 'prod: comes up', state: 'skipped' as const },
    ]
    const run = { suite: 'engine' as const, day: '2026-01-31', machine: '2 cores, 24 GiB', seconds: 60, tests }
    const text = pageOf(`# Written\n\n${MARK}\nold`, { runs: [run], measurements: [] })
    expect(text).toContain('2026-01-31, 2 cores, 24 GiB: 1 of 2 tests ran and held, in 60 s.')
    expect(text).toContain('- dev: comes up\n- Left out: prod: comes up\n')
  })
})
