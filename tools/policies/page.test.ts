import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FrameworkControl } from '../../policies/frameworks/framework.ts'
import { FRAMEWORKS } from '../../policies/frameworks/index.ts'
import { PACKS } from '../../policies/packs.ts'
import { MARK, pageOf } from './page.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/policies.md'), 'utf8')

describe('docs/policies.md', () => {
  it('lists every rule and control as they are: if not, npm run policies', () => {
    expect(pageOf(page)).toBe(page)
  })

  it('keeps what was written by hand', () => {
    expect(pageOf(`# Written\n\n${MARK}\nold tables`)).toMatch(/^# Written\n\n<!--.*-->\n\n## Controls\n/)
  })

  it('shows configurations that the packs take, as their own guides do', () => {
    const names = new Set(
      Object.values(PACKS)
        .flat()
        .map(({ about }) => about.name),
    )
    const guides = ['docs/policies.md', 'docs/changing.md', 'policies/oci/README.md', 'policies/kubernetes/README.md']
    const blocks = guides.flatMap((file) => [
      ...readFileSync(join(import.meta.dirname, '../..', file), 'utf8').matchAll(/^```json\n(\{.*?)^```/gms),
    ])
    expect(blocks.length).toBeGreaterThan(3)
    const configured = blocks.flatMap(([, block = '']) => Object.keys(JSON.parse(block)))
    expect(configured.filter((name) => !names.has(name))).toEqual([])
  })

  it('breaks no table', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('|'))
    const columns = (line: string) => line.replaceAll('\\|', '').split('|').length
    // Tables have three columns, or six.
    expect(rows.filter((line) => ![5, 8].includes(columns(line)))).toEqual([])
  })
})

describe.each(FRAMEWORKS.map(({ name, controls }) => ({ name, controls })))(
  'every control of $name',
  ({ controls }) => {
    const served = new Set<string>(
      Object.values(PACKS)
        .flat()
        .flatMap(({ about }) => about.serves),
    )

    it('says what it asks, in words of its own', () => {
      expect(Object.entries(controls).filter(([, { asks }]) => asks.length < 10)).toEqual([])
    })

    it('is served by a rule, or says why it is not', () => {
      const unanswered = Object.entries<FrameworkControl>(controls)
        .filter(
          ([id, { askedBy, unchecked }]) => (served.has(id) || askedBy !== undefined) === (unchecked !== undefined),
        )
        .map(([id]) => id)
      expect(unanswered).toEqual([])
    })
  },
)
