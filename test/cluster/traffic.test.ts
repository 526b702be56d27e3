import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Evaluation } from '../../tools/evaluate/index.ts'
import { type Question, questions } from '../definition/allowed.ts'
import { allEnds, METADATA, OUTSIDE } from '../definition/ends.ts'
import { Mutant } from '../definition/mutant.ts'
import type { Labels } from '../definition/pods.ts'
import { evaluateStacks, type Stack } from '../definition/stacks.ts'
import { type End, numbered, Policies, type Policy } from '../definition/traffic.ts'
import { measured } from '../proof/measured.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { fc, timeout, tried } from '../support/property.ts'
import { resourceOf } from '../support/resource.ts'
import { passing } from './policy-engine.ts'

let stacks: Record<Stack, Evaluation>
let files: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  stacks = await evaluateStacks()
  files = await temporaryFolder()
})
afterAll(() => files.remove())

/** Connections that the engine lets pass though they must not, and the other way round. */
async function wrong(policies: Policies, asked: Question[]): Promise<string[]> {
  const passes = await passing(files.folder, policies, asked)
  return asked
    .filter(({ allowed }, index) => passes[index] !== allowed)
    .map(({ from, to, port }) => `${from.name} → ${to.name} ${port}`)
}

/** Asks about all connections of a stack. */
async function letsPassWhatIsWritten(stack: Stack) {
  const policies = new Policies(stacks[stack])
  const ends = allEnds(stacks[stack])
  const asked = questions(policies, ends)
  const start = performance.now()
  expect(await wrong(policies, asked)).toEqual([])
  measured(`network policies of ${stack}, asked of cyclonus`, {
    policies: policies.all.length,
    ends: ends.length,
    'pairs of ends': new Set(asked.map(({ from, to }) => `${from.name} ${to.name}`)).size,
    connections: asked.length,
    'connections that are meant to pass': asked.filter(({ allowed }) => allowed).length,
    seconds: Math.round((performance.now() - start) / 1_000),
  })
}

test('to a policy engine, the network policies of prod let pass what is written down, and nothing else', () =>
  letsPassWhatIsWritten('prod'))

test.skipIf(process.env.KURA_LONG !== '1')(
  'to a policy engine, the network policies of dev let pass what is written down, and nothing else (left out unless KURA_LONG=1)',
  () => letsPassWhatIsWritten('dev'),
)

/** Changes of prod's policies, and what then passes though it must not, or does not though it must. */
const CHANGES: [change: string, by: (stack: Mutant) => void, shows: string][] = [
  [
    'the denial of all is gone from what keeps data',
    (stack) => stack.remove('kura-data-deny-all'),
    'kura-data/kura-data-redis → the internet 443',
  ],
  [
    'what lets cells into PostgreSQL is gone',
    (stack) => stack.remove('kura-data-allow-pgpool'),
    'kura-cell-higashi/web → kura-data/kura-data-pgpool 5432',
  ],
  [
    'the cache takes everybody',
    (stack) =>
      stack.change('kura-data-allow-redis', ({ spec }) => spec.ingress[0].from.push({ namespaceSelector: {} })),
    'kura-operations/prometheus → kura-data/kura-data-redis 6379',
  ],
  [
    'a cell may go to private addresses, too',
    (stack) =>
      stack.change('kura-cell-higashi-allow-services', ({ spec }) => {
        for (const { to } of spec.egress) for (const { ipBlock } of to) if (ipBlock) ipBlock.except = ['10.0.0.0/8']
      }),
    `kura-cell-higashi/worker → ${METADATA} 443`,
  ],
  [
    'a cell takes requests from its neighbours',
    (stack) =>
      stack.change('kura-cell-nishi-allow-gateway', ({ spec }) => {
        spec.ingress = [{}]
      }),
    `${OUTSIDE} → kura-cell-nishi/web 65000`,
  ],
]

test.each(CHANGES)('a policy engine notices when %s', async (_, by, shows) => {
  const mutant = new Mutant(stacks.prod.resources)
  by(mutant)
  const policies = new Policies(mutant)
  const [from, to] = shows.replace(/ \S+$/, '').split(' → ') as [string, string]
  const concerned = questions(policies, allEnds(stacks.prod)).filter(
    (each) => each.from.name === from && each.to.name === to,
  )
  expect(await wrong(policies, concerned)).toContain(shows)
})

test(
  'our own evaluator of network policies and the engine agree, whatever the policies',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(policy, { maxLength: 8 }),
        fc.array(connection, { minLength: 1, maxLength: 60 }),
        async (made, asked) => {
          const policies = new Policies({ resources: [...NAMESPACES, ...made.map(declared)] })
          const ours = asked.map(({ from, to, port }) => policies.passes(from, to, ...numbered(port)))
          expect(await passing(files.folder, policies, asked)).toEqual(ours)
        },
      ),
      tried('network policies', 60, 30),
    )
  },
  timeout(30),
)

const KINDS: Labels[] = [{}, { app: 'one' }, { app: 'two' }, { app: 'one', role: 'leader' }]
const PLACES = { here: { cell: 'here' }, there: { cell: 'there', guarded: '' }, elsewhere: {} }
const NAMESPACES = Object.entries(PLACES).map(([name, labels]) =>
  resourceOf({ type: 'kubernetes:core/v1:Namespace', name, inputs: { metadata: { name, labels } } }),
)
const ADDRESSES = ['10.0.0.1', '10.0.200.1', '198.51.100.7', '169.254.169.254']

const declared = (policy: Policy, index: number) =>
  resourceOf({ type: 'kubernetes:networking.k8s.io/v1:NetworkPolicy', name: `policy-${index}`, inputs: { ...policy } })

const labels = fc.constantFrom(...KINDS)
const place = fc.constantFrom(...Object.keys(PLACES))
const address = fc.constantFrom(...ADDRESSES)
const port = fc.constantFrom(1, 2, '1/UDP' as const)
const selector = (keys: fc.Arbitrary<Labels>) =>
  fc.oneof(
    keys.map((matchLabels) => ({ matchLabels })),
    fc.constantFrom('cell', 'guarded', 'app').map((key) => ({ matchExpressions: [{ key, operator: 'Exists' }] })),
    fc.constant({}),
  )
const peer = fc.oneof(
  fc.record({ podSelector: selector(labels) }),
  fc.record({ namespaceSelector: selector(fc.constantFrom(...Object.values(PLACES))) }),
  fc.record({ namespaceSelector: selector(fc.constantFrom(...Object.values(PLACES))), podSelector: selector(labels) }),
  fc.constantFrom('0.0.0.0/0', '10.0.0.0/8').map((cidr) => ({ ipBlock: { cidr, except: ['10.0.128.0/17'] } })),
  fc.constant({ ipBlock: { cidr: '169.254.0.0/16' } }),
)
const peers = fc.array(peer, { maxLength: 2 })
const ports = fc.array(
  port.map((each) => {
    const [number, protocol] = numbered(each)
    return { port: number, protocol }
  }),
  { maxLength: 2 },
)
const policy: fc.Arbitrary<Policy> = fc.record({
  metadata: fc.record({ name: fc.uuid(), namespace: place }),
  spec: fc.record(
    {
      podSelector: selector(labels),
      policyTypes: fc.subarray(['Ingress', 'Egress'], { minLength: 1 }),
      ingress: fc.array(fc.record({ from: peers, ports }, { requiredKeys: [] }), { maxLength: 2 }),
      egress: fc.array(fc.record({ to: peers, ports }, { requiredKeys: [] }), { maxLength: 2 }),
    },
    { requiredKeys: ['podSelector', 'policyTypes'] },
  ),
})
const someone: fc.Arbitrary<End> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ name: fc.constant('pod'), namespace: place, labels, address }) },
  { weight: 1, arbitrary: fc.record({ name: fc.constant('outside'), address }) },
)
const connection = fc.record({ from: someone, to: someone, port })
