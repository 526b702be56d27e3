import { describe, expect, it, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { type Condition, grants, mayHold, parseStatement, type Statement } from './statements.ts'

const ALLOWED: Partial<Statement> = { effect: 'allow', permissions: [], condition: undefined }

describe('a statement', () => {
  it.each<[string, Partial<Statement>]>([
    [
      'Allow group Operators to manage volume-family in compartment Prod',
      {
        ...ALLOWED,
        subject: { kind: 'group', names: ['Operators'] },
        verb: 'manage',
        resource: 'volume-family',
        location: { kind: 'compartment', name: 'Prod' },
      },
    ],
    [
      'ALLOW GROUP id ocid1.group.oc1..a, group id ocid1.group.oc1..b TO Inspect All-Resources IN TENANCY',
      {
        ...ALLOWED,
        subject: { kind: 'group', names: ['ocid1.group.oc1..a', 'ocid1.group.oc1..b'] },
        verb: 'inspect',
        resource: 'all-resources',
        location: { kind: 'tenancy', name: undefined },
      },
    ],
    [
      "Allow dynamic-group 'Default'/'Web servers', \"Others\" to use buckets in compartment Prod:Web",
      {
        ...ALLOWED,
        subject: { kind: 'dynamic-group', names: ['Default/Web servers', 'Others'] },
        verb: 'use',
        location: { kind: 'compartment', name: 'Prod:Web' },
      },
    ],
    [
      'allow any-user to {bucket_read,OBJECT_READ} in compartment id ocid1.compartment.oc1..a',
      {
        effect: 'allow',
        subject: { kind: 'any-user', names: [] },
        verb: undefined,
        resource: '',
        permissions: ['BUCKET_READ', 'OBJECT_READ'],
        location: { kind: 'compartment', name: 'ocid1.compartment.oc1..a' },
      },
    ],
    [
      'Allow group Operators to use buckets in compartment id ocid1.tenancy.oc1..root',
      { ...ALLOWED, verb: 'use', resource: 'buckets', location: { kind: 'tenancy', name: undefined } },
    ],
    [
      "  Allow service\n objectstorage-ap-tokyo-1 to read keys in tenancy where target.key.id='ocid1.key.oc1..a' ",
      {
        subject: { kind: 'service', names: ['objectstorage-ap-tokyo-1'] },
        condition: { variable: 'target.key.id', operator: '=', values: ['ocid1.key.oc1..a'] },
      },
    ],
    [
      'Admit group Operators of tenancy Partner to read buckets in tenancy',
      {
        effect: 'admit',
        subject: { kind: 'group', names: ['Operators'], of: { kind: 'tenancy', name: 'Partner' } },
        location: { kind: 'tenancy', name: undefined },
      },
    ],
    ['Deny any-group to manage buckets in tenancy', { effect: 'deny', subject: { kind: 'any-group', names: [] } }],
    [
      'Endorse group Storage to read objects in any-tenancy',
      { effect: 'endorse', location: { kind: 'any-tenancy', name: undefined } },
    ],
    [
      'Endorse group Storage to read objects in tenancy Partner where request.region = /ap-*/',
      {
        location: { kind: 'tenancy', name: 'Partner' },
        condition: { variable: 'request.region', operator: '=', values: ['/ap-*/'] },
      },
    ],
    [
      'Admit group Storage of tenancy Partner to read objects in tenancy',
      {
        effect: 'admit',
        subject: { kind: 'group', names: ['Storage'] },
        location: { kind: 'tenancy', name: undefined },
      },
    ],
    [
      'Endorse group A to associate drgs in tenancy with remote-peering-connections in tenancy B',
      { verb: 'associate', resource: 'drgs' },
    ],
    [
      "Allow group A to use users in tenancy where all{target.group.name != 'Administrators', any {request.utc-timestamp before '2027-01-01T00:00Z', request.utc-timestamp.month-of-year in ('1', '2')}, request.utc-timestamp.time-of-day between '08:00:00Z' and '18:00:00Z'}",
      {
        condition: {
          of: 'all',
          conditions: [
            { variable: 'target.group.name', operator: '!=', values: ['Administrators'] },
            {
              of: 'any',
              conditions: [
                { variable: 'request.utc-timestamp', operator: 'before', values: ['2027-01-01T00:00Z'] },
                { variable: 'request.utc-timestamp.month-of-year', operator: 'in', values: ['1', '2'] },
              ],
            },
            {
              variable: 'request.utc-timestamp.time-of-day',
              operator: 'between',
              values: ['08:00:00Z', '18:00:00Z'],
            },
          ],
        },
      },
    ],
    [
      "Allow group 'to' to read buckets in compartment 'where'",
      { subject: { kind: 'group', names: ['to'] }, location: { kind: 'compartment', name: 'where' } },
    ],
  ])('is read: %s', (text, expected) => {
    expect(parseStatement(text)).toMatchObject(expected)
  })

  it('that only gives something a name allows nothing', () => {
    expect(parseStatement('Define tenancy Partner as ocid1.tenancy.oc1..a')).toBeUndefined()
  })

  it.each([
    ['', 'the end stands where "allow" or'],
    ['Grant group A to read buckets in tenancy', '"Grant" stands where "allow" or'],
    ['Allow group A to own buckets in tenancy', '"own" stands where "inspect" or'],
    ['Allow group A to manage all resources in tenancy', '"resources" stands where "in" should'],
    ['Allow group A to manage buckets', 'the end stands where "in" should'],
    ['Allow group A to manage buckets in Prod', '"Prod" stands where "tenancy" or'],
    ['Allow group A to manage buckets in compartment', 'the end stands where a name should'],
    ['Allow group to manage buckets in tenancy', '"manage" stands where "to" should'],
    ['Allow group A manage buckets in tenancy', '"manage" stands where "to" should'],
    ['Allow group A to manage buckets in tenancy where', 'the end stands where a name should'],
    ["Allow group A to manage buckets in tenancy where none {a = 'b'}", '"none" stands where "all" or "any" should'],
    ["Allow group A to manage buckets in tenancy where all {a = 'b'", 'the end stands where "}" should'],
    ["Allow group A to manage buckets in compartment a where a = 'b' and c = 'd'", '"and" stands behind the end'],
    ["Allow group 'A to manage buckets in tenancy", 'cannot be read'],
  ])('is not: %s', (text, why) => {
    expect(() => parseStatement(text)).toThrow(why)
  })
})

const word = fc.stringMatching(/^[A-Za-z][\w.-]{0,8}$/).filter((text) => !RESERVED.has(text.toLowerCase()))
const RESERVED = new Set('to of in id with where all any and between before after group compartment tenancy'.split(' '))
const value = fc.stringMatching(/^[A-Za-z][\w .-]{0,8}$/)
const comparison = fc
  .record({ variable: word.map((text) => text.toLowerCase()), operator: fc.constantFrom('=', '!='), value })
  .map(({ variable, operator, value }) => ({ variable, operator, values: [value] }))
const condition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    comparison,
    fc.record({
      of: fc.constantFrom('all' as const, 'any' as const),
      conditions: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).condition

/** A condition as Oracle's language writes it, with any spaces where some are allowed. */
function written(condition: Condition, space: string): string {
  return 'of' in condition
    ? `${condition.of}${space}{${space}${condition.conditions.map((one) => written(one, space)).join(`,${space}`)}${space}}`
    : `${condition.variable}${space || ' '}${condition.operator}${space}'${condition.values[0]}'`
}

test('what is written is what is read, whatever the spaces and the case of its words', () => {
  fc.assert(
    fc.property(
      fc.record({
        names: fc.array(word, { minLength: 1, maxLength: 3 }),
        verb: fc.constantFrom('inspect' as const, 'read' as const, 'use' as const, 'manage' as const),
        resource: word.map((text) => text.toLowerCase()),
        place: word,
        condition: fc.option(condition, { nil: undefined }),
        space: fc.constantFrom('', ' ', '\n  '),
        loud: fc.boolean(),
      }),
      ({ names, verb, resource, place, condition, space, loud }) => {
        const say = (text: string) => (loud ? text.toUpperCase() : text)
        const where = condition ? ` ${say('where')} ${written(condition, space)}` : ''
        const text = `${say('allow group')} ${names.join(`,${space}`)} ${say(`to ${verb}`)} ${resource} ${say('in compartment')} ${place}${where}`
        expect(parseStatement(text)).toEqual({
          effect: 'allow',
          subject: { kind: 'group', names },
          verb,
          resource,
          permissions: [],
          location: { kind: 'compartment', name: place },
          condition,
        })
      },
    ),
  )
})

test('a text is a statement or an error, and nothing else', () => {
  const words = fc.constantFrom(
    "'",
    '"',
    '{',
    '}',
    ',',
    '=',
    '!=',
    '/',
    'allow',
    'group',
    'to',
    'in',
    'where',
    'all',
    'A',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words).map((some) => some.join(' ')),
      ),
      (text) => {
        try {
          parseStatement(text)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      },
    ),
  )
})

describe('a verb', () => {
  const manage = parseStatement('Allow group A to manage buckets in tenancy') as Statement
  const read = parseStatement('Allow group A to read buckets in tenancy') as Statement

  it('allows what lesser ones do', () => {
    expect(grants(manage, 'manage', ['buckets'])).toBe(true)
    expect(grants(manage, 'use', ['objects', 'buckets'])).toBe(true)
    expect(grants(read, 'use', ['buckets'])).toBe(false)
    expect(grants(manage, 'use', ['objects'])).toBe(false)
  })

  it('is missing where single permissions are listed', () => {
    expect(grants(parseStatement('Allow group A to {BUCKET_READ} in tenancy') as Statement, 'inspect', [''])).toBe(
      false,
    )
  })
})

describe('a condition', () => {
  const of = (text: string) => parseStatement(`Allow group A to manage buckets in tenancy where ${text}`)?.condition
  const DELETE = { 'request.permission': 'BUCKET_DELETE' }

  it.each([
    ["request.permission = 'BUCKET_DELETE'", true],
    ["request.permission = 'bucket_delete'", true],
    ["request.permission = 'BUCKET_READ'", false],
    ["request.permission != 'BUCKET_DELETE'", false],
    ['request.permission = /BUCKET_*/', true],
    ['request.permission != /*_DELETE/', false],
    ['request.permission = /BUCKET/', false],
    ["request.permission in ('BUCKET_READ', 'BUCKET_DELETE')", true],
    ["Request.Permission != 'BUCKET_DELETE'", false],
    ["target.bucket.name = 'logs'", true],
    ["all {target.bucket.name = 'logs', request.permission != 'BUCKET_DELETE'}", false],
    ["any {target.bucket.name = 'logs', request.permission != 'BUCKET_DELETE'}", true],
    ["any {request.permission = 'BUCKET_READ', request.permission = 'BUCKET_INSPECT'}", false],
  ])('%s may hold while a bucket is deleted: %s', (text, expected) => {
    expect(mayHold(of(text), DELETE)).toBe(expected)
  })

  it('that there is none holds', () => {
    expect(mayHold(undefined, DELETE)).toBe(true)
  })

  it('that holds with all values known may hold with fewer', () => {
    const variables = ['a', 'b', 'c']
    const one = fc
      .record({
        variable: fc.constantFrom(...variables),
        operator: fc.constantFrom('=', '!='),
        value: fc.constantFrom('1', '2'),
      })
      .map(({ variable, operator, value }) => ({ variable, operator, values: [value] }))
    const some = fc.record({
      of: fc.constantFrom('all' as const, 'any' as const),
      conditions: fc.array(one, { minLength: 1 }),
    })
    const given = fc.record({
      a: fc.constantFrom('1', '2'),
      b: fc.constantFrom('1', '2'),
      c: fc.constantFrom('1', '2'),
    })
    fc.assert(
      fc.property(some, given, fc.subarray(variables), (condition, all, known) => {
        const fewer = Object.fromEntries(Object.entries(all).filter(([name]) => known.includes(name)))
        if (mayHold(condition, all)) expect(mayHold(condition, fewer)).toBe(true)
      }),
    )
  })
})
