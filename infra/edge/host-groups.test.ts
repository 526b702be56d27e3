import { expect, test } from 'vitest'
import { TenantFile } from '../../app/tenancy/schema.ts'
import { fc } from '../../test/support/property.ts'
import { HOSTS_PER_GROUP, hostGroups } from './host-groups.ts'

const settings = { zone: 'kura.example', tenants: 'tenants/prod' }

function tenant(id: string, hosts: string[], more: { group?: number; state?: 'closed' } = {}): TenantFile {
  return TenantFile.parse({
    id,
    hosts,
    cell: 'kita',
    ...more,
    initial: { name: { ja: '学校' }, languages: ['ja'], colour: '#123456', contact: `desk@${id}.example` },
  })
}

/** The lines of a refusal. */
function refusal(tenants: TenantFile[]): string[] {
  try {
    hostGroups(tenants, settings)
  } catch (error) {
    return (error as Error).message.split('\n')
  }
  throw new Error('nothing was refused')
}

test("hosts below the platform's own domain go to group 0, others to the group of the institution", () => {
  expect(
    hostGroups(
      [
        tenant('a', ['ir.a.example', 'a.kura.example'], { group: 2 }),
        tenant('b', ['b.kura.example']),
        tenant('c', ['ir.c.example'], { group: 7 }),
        tenant('d', ['ir.d.example', 'data.d.example'], { group: 2 }),
      ],
      settings,
    ),
  ).toEqual([
    { number: 0, hosts: ['a.kura.example', 'b.kura.example'] },
    { number: 2, hosts: ['data.d.example', 'ir.a.example', 'ir.d.example'] },
    { number: 7, hosts: ['ir.c.example'] },
  ])
})

test('group 0 exists without any host', () => {
  expect(hostGroups([], settings)).toEqual([{ number: 0, hosts: [] }])
})

test('closed institutions keep their place: they still answer', () => {
  expect(hostGroups([tenant('a', ['a.kura.example'], { state: 'closed' })], settings)).toEqual([
    { number: 0, hosts: ['a.kura.example'] },
  ])
})

test('hosts that no certificate could name are refused, all at once, with file and what is allowed', () => {
  expect(
    refusal([
      tenant('a', ['ir.a.example']),
      tenant('b', ['data.b.kura.example', 'kura.example']),
      tenant('c', ['login.kura.example', 'edge-12.kura.example'], { group: 1 }),
    ]),
  ).toEqual([
    'infra/tenants/prod/a.yaml: host ir.a.example lies outside kura.example: group is missing, the load balancer that serves it',
    'infra/tenants/prod/b.yaml: host data.b.kura.example lies too deep: the certificate *.kura.example names one level; allowed: one name below kura.example',
    "infra/tenants/prod/b.yaml: host kura.example is the platform's own domain itself; allowed: one name below it, such as library.kura.example",
    'infra/tenants/prod/c.yaml: host login.kura.example is the name of a part of the platform; allowed: any other below it',
    'infra/tenants/prod/c.yaml: host edge-12.kura.example is the name of a part of the platform; allowed: any other below it',
  ])
})

test('a host that only ends like the domain lies outside it', () => {
  expect(refusal([tenant('a', ['notkura.example'])])).toHaveLength(1)
})

test('a group takes 90 hosts, and the refusal of one more names a group that has none yet', () => {
  const members = Array.from({ length: HOSTS_PER_GROUP }, (_, index) =>
    tenant(`a${index}`, [`ir.a${index}.example`], { group: 1 }),
  )
  expect(hostGroups(members, settings)[1]?.hosts).toHaveLength(90)
  expect(refusal([...members, tenant('z', ['ir.z.example'], { group: 1 })])).toEqual([
    'infra/tenants/prod/*.yaml: group 1 has 91 hosts; allowed: 90. Give new institutions another group; 2 has none yet',
  ])
})

const institutions = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{3,8}$/),
    own: fc.boolean(),
    group: fc.integer({ min: 1, max: 4 }),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 40 },
)

test('every host is in one group, and a new institution changes its own group alone, whatever the order', () => {
  fc.assert(
    fc.property(institutions, (given) => {
      const tenants = given
        .filter(({ id }) => id !== 'login')
        .map(({ id, own, group }) =>
          own ? tenant(id, [`ir.${id}.example`, `old.${id}.example`], { group }) : tenant(id, [`${id}.kura.example`]),
        )
      fc.pre(tenants.length > 0)
      const all = hostGroups(tenants, settings)
      expect(all.flatMap(({ hosts }) => hosts).sort()).toEqual(tenants.flatMap(({ hosts }) => hosts).sort())
      expect(hostGroups(tenants.toReversed(), settings)).toEqual(all)

      const [added, ...before] = tenants
      const changed = added?.group ?? 0
      const others = (groups: typeof all) => groups.filter(({ number }) => number !== changed)
      expect(others(hostGroups(before, settings))).toEqual(others(all))
    }),
  )
})
