import { describe, expect, test } from 'vitest'
import { made, nodePool, part, pods } from '../../test/support/declaration.ts'
import { type CapturedResource, Secret } from '../evaluate/index.ts'
import type { Configuration, Finding } from '../packs/index.ts'
import { AcceptedChanges } from './accepted.ts'
import { asMarkdown, asText, type Section } from './document.ts'
import { reportOf } from './report.ts'
import { type Judged, reviewOf } from './review.ts'

const judged = (resources: CapturedResource[], findings: Judged['findings'] = []): Judged => ({
  evaluation: { stack: 'made', resources: [part('kura-part'), ...resources], outputs: {}, lookUps: [], logs: [] },
  findings,
})
const review = (
  now: Judged,
  before?: Judged,
  accepted = new AcceptedChanges([]),
  [configuration, formerly]: [Configuration, Configuration | undefined] = [{}, {}],
) =>
  reviewOf(
    now,
    before && {
      ...before,
      ...{ ref: 'main', commit: '0123456789abcdef', notes: [], ruleNames: {} },
      ...(formerly ? { configuration: formerly } : {}),
    },
    { configuration, accepted },
  )

const bucket = (name: string) => ({
  ...made('oci:ObjectStorage/bucket:Bucket', 'kura-part-theses', { name, key: new Secret(`hush ${name}`) }),
  protect: true,
})
const finding: Finding = {
  pack: 'oci',
  rule: 'bucket-not-public',
  state: 'broken',
  level: 'mandatory',
  severity: 'critical',
  urn: bucket('a').urn,
  description: 'Nobody reads a bucket without signing in.',
  sentence: 'kura-part-theses: accessType is "ObjectRead"; write "NoPublicAccess".',
}

describe('what decides', () => {
  test('is nothing, where nothing speaks against it', () => {
    expect(review(judged([bucket('a')]), judged([bucket('a')])).against).toEqual([])
    expect(review(judged([bucket('a')], [{ ...finding, level: 'advisory' }])).against).toEqual([])
    expect(review(judged([bucket('a')], [{ ...finding, state: 'excepted', level: 'advisory' }])).against).toEqual([])
  })

  test('is harm, unless it is meant', () => {
    const [now, before] = [judged([bucket('b')]), judged([bucket('a')])]
    expect(review(now, before).against).toEqual(['1 replacement of what holds data, its keys or the way to it'])
    const entry = {
      resource: bucket('a').urn,
      change: 'replace' as const,
      reason: 'it is empty as yet',
      until: '2027-01-31',
    }
    expect(review(now, before, new AcceptedChanges([entry], '2027-01-01')).against).toEqual([])
    expect(review(now, before, new AcceptedChanges([entry], '2027-02-01')).against).toHaveLength(1)
  })

  test('is a component that is made anew, and a value that destroys', () => {
    const inside = (name: string) => [part(name), made('x:y:Thing', `${name}-a`, {}, name)]
    expect(review(judged(inside('kura-new')), judged(inside('kura-old'))).against).toEqual(['1 component made anew'])
    const key = (desiredState: string) => made('oci:Kms/key:Key', 'key', { desiredState })
    expect(review(judged([key('DISABLED')]), judged([key('ENABLED')])).against).toEqual(['1 setting that destroys'])
  })

  test('is a mandatory violation, new or old', () => {
    expect(review(judged([], [finding]), judged([])).against).toEqual(['1 new mandatory violation'])
    expect(review(judged([], [finding]), judged([], [finding])).against).toEqual(['1 mandatory violation'])
    expect(review(judged([], [finding])).against).toEqual(['1 mandatory violation'])
  })

  test('is what could not be judged, whatever its level', () => {
    const unjudged = { ...finding, state: 'unjudged' as const, level: 'advisory' as const }
    expect(review(judged([], [unjudged])).against).toEqual(['1 rule that could not judge'])
    expect(review(judged([], { failure: 'the policy pack oci did not start' })).against).toEqual([
      'the packs could not judge',
    ])
  })

  test('is what does not fit', () => {
    const large = [nodePool('web', 2), pods('large', { replicas: 3, cpu: '2500m' })]
    expect(review(judged(large)).against).toEqual(['1 thing that does not fit'])
  })
})

describe('the report', () => {
  const full = reportOf(
    review(
      judged([bucket('b'), nodePool('web', 3), pods('app', { replicas: 4 })], [finding]),
      judged([bucket('a'), nodePool('web', 2), pods('app', { replicas: 2 })], [{ ...finding, rule: 'gone' }]),
    ),
  )

  test('begins with what is lost, and ends with what decided', () => {
    const text = asText(full)
    const order = [
      'REFUSED',
      'REPLACED kura-part-theses',
      'Changes by component',
      'NEW VIOLATIONS',
      'Size and cost',
      'Exit code 1: ',
    ]
    expect(order.map((word) => text.indexOf(word))).toEqual(
      order.map((word) => text.indexOf(word)).toSorted((a, b) => a - b),
    )
    expect(text).toContain('Violations of policies: 1 new, 0 old, 1 mended, 0 excepted')
    expect(text).toMatch(/pool web: nodes +2 +3 +\+1/)
    expect(text).toMatch(/Exit code 1: 1 replacement of .*; 1 new mandatory violation\.\n$/)
    for (const written of [text, asMarkdown(full)]) expect(written).not.toMatch(/undefined|NaN|\[object|hush/)
  })

  test('names what an acceptance has to name, and objects that are added and deleted', () => {
    const config = (name: string) => made('kubernetes:core/v1:ConfigMap', name, { metadata: { name: 'a' } })
    const text = asText(reportOf(review(judged([bucket('b'), config('now')]), judged([bucket('a'), config('old')]))))
    expect(text).toMatch(/- REPLACED kura-part-theses .*\n +- urn:pulumi:made::kura::.*Bucket::kura-part-theses\n/)
    expect(text).toContain(
      '- REMOVED old (ConfigMap): added and removed are one object in the cluster, which is deleted',
    )
  })

  test('calls no entry useless without a base, or of another stack', () => {
    const entry = {
      resource: bucket('a').urn,
      change: 'remove' as const,
      reason: 'it is empty as yet',
      until: '2027-01-31',
    }
    const of = (stack: string) =>
      new AcceptedChanges([{ ...entry, resource: entry.resource.replace(':made:', `:${stack}:`) }])
    const now = judged([bucket('a')])
    expect(review(now, undefined, of('made')).unusedAcceptances).toEqual([])
    expect(review(now, now, of('made')).unusedAcceptances).toHaveLength(1)
    expect(review(now, now, of('other')).unusedAcceptances).toEqual([])
  })

  test('says that nothing was compared without a base', () => {
    const text = asText(reportOf(review(judged([bucket('a')]))))
    expect(text).toContain('made: passes\n  - No base: what changes is not looked at.')
    expect(text).not.toContain('Changes by component')
  })
})

describe('what nobody is to miss', () => {
  const reported = (configuration: [Configuration, Configuration | undefined], now: Finding[] = [], before = now) =>
    asText(reportOf(review(judged([bucket('a')], now), judged([bucket('a')], before), undefined, configuration)))

  test('is a rule that is switched off, though nothing is found and nothing decides', () => {
    const text = reported([{ oci: { 'bucket-not-public': 'disabled' } }, {}])
    expect(text).toContain('Rules that judge otherwise: 1 LOWERED OR DISABLED.')
    expect(text).toContain('RULES THAT JUDGE OTHERWISE THAN AT THE BASE\n  - DISABLED oci/bucket-not-public: mandatory')
    expect(text.indexOf('DISABLED oci/')).toBeLessThan(text.indexOf('Violations of policies'))
    expect(text).toMatch(/Exit code 0: nothing speaks against it\.\n {2}- Rules that judge otherwise: 1 LOWERED/)
  })

  test('is an exception that came, with what it lets pass', () => {
    const exceptions = [{ resource: 'kura-part-theses', reason: 'it is being moved', until: '2099-01-31' }]
    const excepted: Finding = { ...finding, state: 'excepted', level: 'advisory', sentence: 'Excepted until: theses' }
    const [now, long] = [{ oci: { 'bucket-not-public': { exceptions } } }, 'Excepted until: theses']
    const added = reported([now, {}], [excepted])
    expect(added).toContain('Rules that judge otherwise: 1 EXCEPTED ANEW OR FOR LONGER.')
    expect(added).toContain('EXCEPTED, and not at the base')
    expect(added).toContain(long)
    const known = reported([now, now], [excepted])
    expect(known).not.toContain('judge otherwise')
    expect(known).toContain('Excepted for a while\n  - oci/bucket-not-public: 1 until 2099-01-31\n')
    expect(known).not.toContain(long)
  })

  test('stands folded in Markdown, where it is known', () => {
    const exceptions = [{ resource: 'kura-part-theses', reason: 'it is being moved', until: '2099-01-31' }]
    const configuration = { oci: { 'bucket-not-public': { exceptions } } }
    const excepted: Finding = { ...finding, state: 'excepted', level: 'advisory' }
    const both = judged([bucket('a')], [excepted])
    const text = asMarkdown(reportOf(review(both, both, undefined, [configuration, configuration])))
    expect(text).toMatch(/<summary>Excepted for a while<\/summary>[\s\S]*kura-part-theses: accessType/)
  })

  test('is said once where the base configured nothing', () => {
    const text = reported([{ oci: { 'bucket-not-public': 'disabled' } }, undefined])
    expect(text).toContain('The base has no policies/config')
    expect(text).not.toContain('DISABLED')
  })

  test('is an institution that is to be purged, or goes', () => {
    const cell = (...ids: string[]) =>
      made('kubernetes:core/v1:ConfigMap', 'kura-part-configuration', {
        metadata: { namespace: 'kura-cell-nishi' },
        data: {
          'kura.json': JSON.stringify({ cell: 'nishi', database: { connections: 4 } }),
          ...Object.fromEntries(
            ids.map((id) => [
              `tenant.${id}.json`,
              JSON.stringify({ id, hosts: [`${id}.example`], state: 'open', limits: { storage: 50 } }),
            ]),
          ),
        },
      })
    const text = asText(reportOf(review(judged([cell('aozora')]), judged([cell('aozora', 'yukimi')]))))
    expect(text).toContain('Institutions: 1 NO LONGER SERVED.')
    expect(text).toContain('INSTITUTIONS\n  - yukimi is no longer served: its data stays, and is dumped no more\n')
    const many = Array.from({ length: 20 }, (_, n) => `institution-${n}`)
    const grown = asText(reportOf(review(judged([cell(...many)]), judged([cell()]))))
    expect(grown).toContain('Institutions: 20 new.')
    expect(grown).toContain('and 8 more are new')
  })
})

describe('Markdown', () => {
  test('shows texts as they are', () => {
    const sections: Section[] = [
      { title: 'kura-cell-*', blocks: [{ list: ['<b>|_x_|', { head: 'rule', items: ['a `code`'] }] }] },
      {
        title: 'table',
        blocks: [
          {
            table: [
              ['', 'now'],
              ['a|b', '1'],
            ],
          },
        ],
      },
      { title: 'changes', details: true, blocks: [{ lines: ['```', '  ~ a'] }] },
    ]
    expect(asMarkdown(sections)).toBe(
      [
        '### kura-cell-\\*\n\n- \\<b\\>|\\_x\\_|\n- rule\n  - a \\`code\\`\n',
        '### table\n\n|  | now |\n|---|---:|\n| a\\|b | 1 |\n',
        '<details><summary>changes</summary>\n\n````\n```\n  ~ a\n````\n\n</details>\n',
      ].join('\n'),
    )
  })

  test('that is too long for a comment loses details first, and never its beginning and end', () => {
    const long = (details: boolean): Section[] => [
      { title: 'first', blocks: [{ list: ['REPLACED a'] }] },
      {
        title: 'changes',
        details,
        blocks: [{ lines: Array.from({ length: 3000 }, (_, n) => (n % 10 ? `      detail ${n} of it` : `  ~ ${n}`)) }],
      },
      {
        title: 'rules',
        blocks: [{ list: [{ head: 'rule', items: Array.from({ length: 4 }, () => 'x'.repeat(20_000)) }] }],
      },
      { title: 'Exit code 1', blocks: [] },
    ]
    const [brief] = [asMarkdown(long(true))]
    expect(brief.length).toBeLessThan(60_000)
    expect(brief).toContain('REPLACED a')
    expect(brief).toContain('Exit code 1')
    expect(brief).toContain('rule (4)')
    const less = asMarkdown(long(true).filter(({ title }) => title !== 'rules'))
    expect(less).toContain('  ~ 2990')
    expect(less).not.toContain('detail 1 ')
  })
})
