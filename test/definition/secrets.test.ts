import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { predictable } from '../../tools/evaluate/answers.ts'
import {
  type CapturedResource,
  type Evaluation,
  evaluate,
  type RandomSource,
  reveal,
} from '../../tools/evaluate/index.ts'
import { readProject } from '../../tools/evaluate/project.ts'
import { SpareProject } from '../support/project.ts'
import { GENERATORS } from './gates.ts'
import { allPods, type Pod, secretsOf } from './pods.ts'
import { evaluateStacks, inputsOf, STACKS, type Stack } from './stacks.ts'

const ROOT = join(import.meta.dirname, '../..')

/** A kind of secret, and who rotates it. */
interface Kind {
  /** As the operators' table calls it. */
  secret: string
  /**
   * What is of this kind: resources that generate, by their names; `Secret <namespace>/<name>` for those that others
   * make; `setting <name>` for what lies in the vault.
   */
  made: RegExp
  /** Settings that rotate it, with their next values; without it, it is rotated by itself, by hand, or never. */
  settings?: Record<string, unknown>
}

const KINDS: Kind[] = [
  { secret: "Institutions' database passwords", made: /^kura-passwords-/, settings: { 'cells.passwords': 2 } },
  {
    secret: "Passwords of PostgreSQL's roles",
    made: /^kura-data-postgresql-roles-/,
    settings: { 'postgresql.passwords': 2 },
  },
  {
    secret: "Passwords of Elasticsearch's users",
    made: /^kura-data-elasticsearch-(kura|snapshots|monitoring)$/,
    settings: { 'elasticsearch.passwords': 2 },
  },
  {
    secret: "Password of Elasticsearch's user `elastic`",
    made: /^kura-data-elasticsearch-elastic$/,
    settings: { 'elasticsearch.passwords': 2 },
  },
  {
    secret: "Passwords of RabbitMQ's users",
    made: /^kura-data-rabbitmq-(application|monitoring)$/,
    settings: { 'rabbitmq.passwords': 2 },
  },
  { secret: "Password of Redis' user", made: /^kura-data-redis-password$/, settings: { 'redis.passwords': 2 } },
  {
    secret: 'Secrets between Keycloak, its clients and the proxy',
    made: /^kura-identity-(keycloak-(client|configuring-\d+)|proxy-state)$/,
    settings: { 'identity.passwords': 2 },
  },
  {
    secret: 'Key pair of the proxy to federations',
    made: /^kura-identity-proxy-key-\d+$/,
    settings: { 'identity.federation.keys': [1, 2] },
  },
  {
    secret: 'Authority of the data services',
    made: /^kura-data-authority-key-\d+$/,
    settings: { 'keys.authorities': [1, 2] },
  },
  {
    secret: 'Keys of object storage (S3)',
    made: /^kura-storage-\w+-user-key-\d+$/,
    settings: { 'storage.keys': [1, 2] },
  },
  {
    secret: 'Encryption keys',
    made: /^kura-keys-(buckets|files|kubernetes|volumes)(-rotation-\d+)?$/,
    settings: { 'keys.rotations': 1 },
  },
  { secret: 'Certificates that readers are served', made: /^Secret kura-edge\/kura-edge-\w+$/ },
  { secret: 'Certificates of the data services', made: /^Secret kura-data\/kura-data-authority-\w+$/ },
  { secret: 'Account at the certificate authority', made: /^Secret kura-edge\/acme-account$/ },
  { secret: 'Keys of placeholder certificates', made: /^kura-edge-\w+-placeholder-key$/ },
  { secret: 'Key of the Handle server', made: /^kura-identity-handle-key$/ },
  { secret: "Key of the Handle server's administrator", made: /^kura-identity-handle-admin$/ },
  { secret: "Key by which the metrics' agent registers", made: /^kura-alarms-agent-key$/ },
  { secret: "Passwords that PostgreSQL's operator made", made: /^Secret kura-data\/postgres\.kura-data-postgresql\./ },
  { secret: "Keys of NII's storage", made: /^setting backups\.offsite\.credentials$/ },
  { secret: 'What pipelines need', made: /^setting delivery\.credentials$/ },
  { secret: 'Token that reads the git repository', made: /^setting delivery\.token$/ },
]

/** What is rotated together: an authority or another login rolls all cells, which would hide what others do not. */
const ROUNDS = { certified: /^cells|^keys|federation/, passwords: /^(?!cells).+\.passwords$/, keys: /^storage/ }
type Round = keyof typeof ROUNDS
const roundOf = ({ settings = {} }: Kind): Round | undefined =>
  (Object.keys(ROUNDS) as Round[]).find((round) => Object.keys(settings).some((name) => ROUNDS[round].test(name)))

/** Who reads a changed file again, and so need not start anew, and why. Pods of CronJobs are new each time anyway. */
const READS_AGAIN: [pod: RegExp, round: Round, why: string][] = [
  [/^kura-cell-\w+\/(web|worker)$/, 'passwords', 'the application reads the file again once a service has refused it'],
  [/^kura-cell-\w+\/(web|worker)$/, 'keys', 'so with object storage'],
  [
    /^kura-data\/kura-data-elasticsearch-nodes$/,
    'passwords',
    "it watches its users' files; `elastic` waits for a start",
  ],
  [/^kura-data\/kura-data-elasticsearch-repositories$/, 'passwords', 'the Job has ended'],
]

const now = {} as Record<Stack, Evaluation>
/** After a rotation. */
const rotated = {} as Record<Round, Evaluation>
const projects: SpareProject[] = []
beforeAll(async () => {
  const rotate = async (round: Round) => {
    const kinds = KINDS.filter((kind) => roundOf(kind) === round)
    const project = new SpareProject(Object.assign({}, ...kinds.map(({ settings }) => settings)))
    projects.push(project)
    // Another value for what has other keepers, as a provider makes it.
    const random: RandomSource = (urn, length) => {
      const name = urn.split('::').at(-1) ?? ''
      return predictable(kinds.some(({ made }) => made.test(name)) ? `${urn}#again` : urn, length)
    }
    rotated[round] = await evaluate({ stack: 'dev', root: project.root, random })
  }
  Object.assign(now, await evaluateStacks())
  await Promise.all([rotate('certified'), rotate('passwords')])
  await rotate('keys')
}, 120_000)
afterAll(() => {
  for (const project of projects) project.remove()
})

/** Resources that generate what is secret. */
function generators({ resources }: Evaluation): CapturedResource[] {
  return resources.filter(({ type }) => GENERATORS.test(type) || /^oci:Kms\/.*:(Key|KeyVersion)$/.test(type))
}

/** Whatever a stack has that is secret. */
function secrets(evaluation: Evaluation): string[] {
  const generated = generators(evaluation).map(({ name }) => name)
  const declared = inputsOf<{ metadata: { name: string; namespace: string } }>(
    evaluation,
    'kubernetes:core/v1:Secret',
  ).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
  const asked = [
    ...allPods(evaluation).flatMap(({ namespace, spec }) => secretsOf(spec).map((name) => `${namespace}/${name}`)),
    ...evaluation.resources
      .filter(({ type }) => type.startsWith('kubernetes:cert-manager.io/'))
      .flatMap(({ inputs }) => {
        const { metadata, spec } = reveal(inputs) as {
          metadata: { namespace: string }
          spec: { secretName?: string; acme?: { privateKeySecretRef: { name: string } } }
        }
        const name = spec.secretName ?? spec.acme?.privateKeySecretRef.name
        return name === undefined ? [] : [`${metadata.namespace}/${name}`]
      }),
  ]
  const others = asked.filter((name) => !declared.includes(name)).map((name) => `Secret ${name}`)
  const { config } = readProject(ROOT, join(ROOT, `Pulumi.${evaluation.stack}.yaml`), {})
  const vault = Object.entries(config).flatMap(([name, value]) =>
    leaves(/^[[{]/.test(value) ? JSON.parse(value) : value, name.replace('kura:', ''))
      .filter(([, text]) => text.startsWith('ocid1.vaultsecret.'))
      .map(([path]) => `setting ${path}`),
  )
  return [...new Set([...generated, ...others, ...vault])]
}

/** Texts inside a value, each with its path. */
function leaves(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
}

describe.each(STACKS)('the secrets of %s', (stack) => {
  test('are each of one kind that somebody rotates', () => {
    const found = secrets(now[stack])
    for (const secret of found)
      expect(
        KINDS.filter(({ made }) => made.test(secret)).map((kind) => kind.secret),
        secret,
      ).toHaveLength(1)
    for (const { secret, made } of KINDS)
      expect(
        found.filter((each) => made.test(each)),
        secret,
      ).not.toEqual([])
  })

  test('come from generators that are known as such', () => {
    const types = new Set(now[stack].resources.map(({ type }) => type))
    const known = [...types].filter((type) => /^(random|tls):/.test(type) && !GENERATORS.test(type))
    // A salt, and a certificate, which everybody is shown.
    expect(known.sort()).toEqual(['random:index/randomId:RandomId', 'tls:index/selfSignedCert:SelfSignedCert'])
  })
})

test("every kind stands in the operators' table, with the setting that rotates it", () => {
  const rows = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) => readFileSync(join(ROOT, 'docs', path), 'utf8').split('\n'))
  for (const { secret, settings = {} } of KINDS) {
    const [row] = rows.filter((line) => line.startsWith(`| ${secret} |`))
    expect(row, secret).toBeDefined()
    for (const name of Object.keys(settings))
      if (!secret.includes('elastic`')) expect(row, secret).toContain(`kura:${name}`)
  }
})

/** What a generator makes is another where its name or its keepers are. */
const version = ({ name, inputs }: CapturedResource) => `${name} ${JSON.stringify(inputs.keepers ?? null)}`
/** What it is for, however often it was rotated. */
const purpose = ({ name }: CapturedResource) => name.replace(/(-rotation)?-\d+$/, '')

test.each(KINDS.filter(({ settings }) => settings))('$secret: others are made for every purpose', (kind) => {
  const round = roundOf(kind)
  if (!round) throw new Error(`${kind.secret} is in no round`)
  const of = (evaluation: Evaluation) => generators(evaluation).filter(({ name }) => kind.made.test(name))
  const known = new Set(of(now.dev).map(version))
  const fresh = of(rotated[round]).filter((resource) => !known.has(version(resource)))
  expect(new Set(fresh.map(purpose))).toEqual(new Set(of(now.dev).map(purpose)))
})

test.each(Object.keys(ROUNDS) as Round[])(
  'whoever reads a secret that was rotated starts anew, or reads it again: %s',
  (round) => {
    const contents = (evaluation: Evaluation) =>
      new Map(
        inputsOf<{ metadata: { name: string; namespace: string }; stringData: unknown }>(
          evaluation,
          'kubernetes:core/v1:Secret',
        ).map(({ metadata, stringData }) => [`${metadata.namespace}/${metadata.name}`, JSON.stringify(stringData)]),
      )
    const [before, after] = [contents(now.dev), contents(rotated[round])]
    const changed = new Set([...before].filter(([name, content]) => after.get(name) !== content).map(([name]) => name))
    expect(changed.size).toBeGreaterThan(0)
    const shape = ({ annotations, spec }: Pod) => JSON.stringify([annotations, spec])
    const earlier = new Map(allPods(now.dev).map((pod) => [pod.name, shape(pod)]))
    const stale = allPods(rotated[round])
      .filter(({ namespace, spec }) => secretsOf(spec).some((name) => changed.has(`${namespace}/${name}`)))
      .filter((pod) => shape(pod) === earlier.get(pod.name) && !pod.resource.type.endsWith(':CronJob'))
      .map(({ name }) => name)
      .filter((name) => !READS_AGAIN.some(([pattern, when]) => when === round && pattern.test(name)))
    expect(stale).toEqual([])
  },
)

test('an exchange of the authority: clients trust both, and the first certifies', () => {
  const trusted = (evaluation: Evaluation) =>
    inputsOf<{ metadata: { name: string }; data: Record<string, string> }>(
      evaluation,
      'kubernetes:core/v1:ConfigMap',
    ).find(({ metadata }) => metadata.name === 'kura-data-authority-certificate')?.data['authority.crt']
  expect(trusted(now.dev)?.match(/BEGIN CERTIFICATE/g)).toHaveLength(1)
  expect(trusted(rotated.certified)?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  const certifying = (evaluation: Evaluation) =>
    inputsOf<{ metadata: { name: string }; stringData: Record<string, string> }>(
      evaluation,
      'kubernetes:core/v1:Secret',
    ).find(({ metadata }) => metadata.name === 'kura-data-authority-secret')?.stringData
  expect(certifying(rotated.certified)).toEqual(certifying(now.dev))
})
