import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WORKLOADS } from '../../infra/operations/grants.ts'
import { type CapturedResource, type Evaluation, evaluate, reveal } from '../../tools/evaluate/index.ts'
import { SpareProject } from '../support/project.ts'

const stacks: Record<string, Evaluation> = {}
const growing = new SpareProject()
growing.set({ 'pools.web.most': 6 })
beforeAll(async () => {
  const [dev, prod, grown] = await Promise.all([
    evaluate({ stack: 'dev' }),
    evaluate({ stack: 'prod' }),
    evaluate({ stack: 'dev', root: growing.root }),
  ])
  Object.assign(stacks, { dev, prod, grown })
}, 90_000)
afterAll(() => growing.remove())

function all(stack: string): CapturedResource[] {
  return stacks[stack]?.resources ?? []
}

/** Resources of a type, by the end of its token. */
function of<T>(stack: string, type: string): { name: string; type: string; provider: string; inputs: T }[] {
  return all(stack)
    .filter((resource) => resource.type.endsWith(`:${type}`))
    .map(({ name, type: token, provider, inputs }) => ({ name, type: token, provider, inputs: reveal(inputs) as T }))
}

interface Policy {
  name: string
  compartmentId: string
  description: string
  statements: string[]
}

function policies(stack: string) {
  return of<Policy>(stack, 'Policy').filter(({ type }) => type.startsWith('oci:Identity/'))
}

/** All statements, each with the name of its policy. */
function statements(stack: string): { policy: string; statement: string }[] {
  return policies(stack).flatMap(({ name, inputs }) =>
    inputs.statements.map((statement) => ({ policy: name, statement })),
  )
}

const STATEMENT =
  /^Allow (any-user|service [a-z0-9-]+|(?:dynamic-)?group id ocid1\.(?:dynamic)?group\.\S+) to (inspect|read|use|manage|\{[A-Z_, ]+\})( [a-z-]+)? in (tenancy|compartment id \S+)(?: where all \{(.+)\})?$/

/** Rights over what others' rights come from, or that what is encrypted depends on. */
const SOVEREIGN =
  /\b(manage|use) (all-resources|policies|users|groups|dynamic-groups|compartments|keys|vaults|tenancies)\b/

describe.each(['dev', 'prod'])('what %s allows', (stack) => {
  test('is said in statements of one form, each policy with its sentence', () => {
    for (const { policy, statement } of statements(stack)) expect(statement, policy).toMatch(STATEMENT)
    for (const { name, inputs } of policies(stack)) {
      expect(inputs.description, name).toMatch(/^[A-Z].{10,}[^.]$/)
      // Oracle takes fifty statements in a policy.
      expect(inputs.statements.length, name).toBeLessThanOrEqual(50)
      expect(new Set(inputs.statements).size, name).toBe(inputs.statements.length)
    }
  })

  test("holds in the stack's compartment, or that of its keys; in the tenancy only for reading", () => {
    const own = `ocid1.compartment.oc1..example${stack}`
    const keys = all(stack).find(({ name }) => name === 'kura-keys-compartment')
    expect(keys?.inputs.compartmentId).toBe(own)
    for (const { policy, statement } of statements(stack)) {
      const [, , verb, , where] = STATEMENT.exec(statement) ?? []
      if (where === 'tenancy') {
        expect(policy).toMatch(/^kura-(access-comparison|tenancy-)/)
        expect(verb, statement).toMatch(/^(inspect|read)$/)
      } else expect(where, statement).toMatch(new RegExp(`^compartment id (${own}|ocid1\\.compartment\\.oc1\\.\\S+)$`))
    }
    for (const { name, inputs } of policies(stack))
      if (!/^kura-(access-comparison|tenancy-)/.test(name)) expect(inputs.compartmentId, name).toBe(own)
  })

  test('lets nobody change identities or keys, or do everything', () => {
    const sovereign = statements(stack).filter(({ statement }) => SOVEREIGN.test(statement))
    // What encrypts uses keys, each by its own statement.
    expect(sovereign.filter(({ policy }) => policy !== 'kura-keys-users')).toEqual([])
    for (const { statement } of sovereign) expect(statement).toMatch(/ to use keys .*target\.key\.id = '/)
  })

  test('lets neither pipelines nor operators delete what holds data', () => {
    for (const policy of ['kura-access-pipelines-policy', 'kura-access-operators-policy']) {
      const own = statements(stack).filter((each) => each.policy === policy)
      for (const [family, permission] of Object.entries({
        'cluster-family': 'CLUSTER_DELETE',
        'volume-family': 'VOLUME_DELETE',
        'file-family': 'FILE_SYSTEM_DELETE',
        buckets: 'BUCKET_DELETE',
      }))
        expect(own.find(({ statement }) => statement.includes(` to manage ${family} `))?.statement).toContain(
          `request.permission != '${permission}'`,
        )
      expect(own.filter(({ statement }) => /manage object(s|-family) /.test(statement))).toEqual([])
    }
  })

  test('lets "any user" be a workload of this cluster, or a resource of this compartment', () => {
    const cluster = "request.principal.cluster_id = 'ocid1.cluster."
    const compartment = `request.principal.compartment.id = 'ocid1.compartment.oc1..example${stack}'`
    for (const { statement } of statements(stack))
      if (statement.startsWith('Allow any-user'))
        expect(
          statement.includes("request.principal.type = 'workload'")
            ? statement.includes(cluster)
            : /request\.principal\.type = '(cluster|nodepool|serviceconnector)'/.test(statement) &&
                statement.includes(compartment),
          statement,
        ).toBe(true)
  })

  test('names service accounts that are known, and declared where their namespace is', () => {
    const named = new Set(
      statements(stack).flatMap(({ statement }) => {
        const [, namespace] = /request\.principal\.namespace = '([^']+)'/.exec(statement) ?? []
        const [, account] = /request\.principal\.service_account = '([^']+)'/.exec(statement) ?? []
        return namespace === undefined ? [] : [`${namespace}/${account}`]
      }),
    )
    const known = Object.values(WORKLOADS).map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`)
    expect(known).toEqual(expect.arrayContaining([...named]))

    interface Meta {
      metadata: { name: string; namespace?: string }
    }
    const namespaces = of<Meta>(stack, 'Namespace').map(({ inputs }) => inputs.metadata.name)
    const accounts = [
      ...of<Meta>(stack, 'ServiceAccount').map(({ inputs: { metadata } }) => `${metadata.namespace}/${metadata.name}`),
      // A chart makes its own, by its name.
      ...of<{ namespace: string; name: string }>(stack, 'Release').map(
        ({ inputs }) => `${inputs.namespace}/${inputs.name}`,
      ),
    ]
    for (const account of named)
      if (namespaces.includes(account.split('/')[0] ?? '')) expect(accounts).toContain(account)
  })

  test('has names of its own in the tenancy, within their length, and is written in the home region', () => {
    for (const { name, type, inputs, provider } of all(stack))
      if (/^oci:Identity\/(policy|group|dynamicGroup|user|compartment):/.test(type)) {
        expect(provider, name).toContain('::kura-home::')
        expect(String(inputs.name).length, name).toBeLessThanOrEqual(100)
        if (!name.startsWith('kura-tenancy-')) expect(inputs.name, name).toMatch(new RegExp(`-${stack}$`))
      }
  })

  test('comes in by a Bastion in the region, from the set networks, for a set time', () => {
    expect(of(stack, 'Bastion')).toMatchObject([
      {
        provider: expect.stringContaining('::kura-oracle::'),
        inputs: {
          name: `kuraaccessbastion${stack}`,
          bastionType: 'STANDARD',
          clientCidrBlockAllowLists: ['198.51.100.0/24'],
          maxSessionTtlInSeconds: 10_800,
        },
      },
    ])
  })

  test('tells operators of changes of the network, of keys and of what holds data', () => {
    const rules = of<{
      conditionDetails: { eventTypes: string[] }
      actions: { action: { actionType: string; topicId: string; isEnabled: boolean }[] }
      isEnabled: boolean
    }>(stack, 'Rule').filter(({ type }) => type.startsWith('oci:Events/'))
    for (const { name, inputs } of rules) {
      expect(inputs.isEnabled, name).toBe(true)
      expect(inputs.actions.action, name).toMatchObject([{ actionType: 'ONS', isEnabled: true }])
      expect(inputs.actions.action[0]?.topicId, name).toMatch(/^ocid1\.\w*topic\./)
    }
    const told = rules.flatMap(({ inputs }) => inputs.conditionDetails.eventTypes)
    for (const type of told) expect(type).toMatch(/^com\.oraclecloud(\.[a-z]+){2,3}$/)
    expect(new Set(told).size).toBe(told.length)
    expect(told).toEqual(
      expect.arrayContaining(
        [
          'virtualnetwork.updatevcn',
          'virtualnetwork.updatenetworksecuritygroupsecurityrules',
          'virtualnetwork.deletedrg',
          'natgateway.deletenatgateway',
          'keymanagementservice.schedulekeydeletion.begin',
          'objectstorage.deletebucket',
        ].map((type) => `com.oraclecloud.${type}`),
      ),
    )
  })
})

test('the autoscaler may change nodes only where the web pool may grow', () => {
  const autoscalers = (stack: string) =>
    statements(stack).filter(({ statement }) => statement.includes('cluster-autoscaler'))
  expect(autoscalers('dev')).toEqual([])
  expect(autoscalers('grown').map(({ statement }) => STATEMENT.exec(statement)?.slice(2, 4).join(''))).toContain(
    'manage cluster-node-pools',
  )
})

test('what exists once in the tenancy is kept by production alone', () => {
  const tenancy = (stack: string) => all(stack).filter(({ name }) => name.startsWith('kura-tenancy'))
  expect(tenancy('dev')).toEqual([])
  for (const { type, name, provider } of tenancy('prod'))
    if (type.startsWith('oci:')) expect(provider, name).toContain('::kura-home::')
  const without = (stack: string) =>
    policies(stack)
      .map(({ name }) => name)
      .filter((name) => !/^kura-(tenancy|access-comparison-of-tenancy)/.test(name))
  expect(without('prod')).toEqual(without('dev'))
})

test('Cloud Guard watches the tenancy by recipes of Oracle, once it is on', () => {
  const target = all('prod').find(({ name }) => name === 'kura-tenancy-guard-target')
  expect(target?.inputs).toMatchObject({
    targetResourceId: 'ocid1.tenancy.oc1..example',
    targetDetectorRecipes: [{}, {}, {}].map(() => ({
      detectorRecipeId: expect.stringMatching(/^ocid1\.cloudguarddetectorrecipe\./),
    })),
  })
  expect(target?.dependencies.some((urn) => urn.endsWith('::kura-tenancy-guard-configuration'))).toBe(true)
})

test('the budget warns before it is spent, and quotas leave room for what is declared', () => {
  const warnings = of<{ type: string; threshold: number; recipients: string }>('prod', 'Rule').filter(({ type }) =>
    type.startsWith('oci:Budget/'),
  )
  expect(warnings.map(({ inputs }) => `${inputs.type} ${inputs.threshold}`).sort()).toEqual([
    'ACTUAL 100',
    'ACTUAL 80',
    'FORECAST 100',
  ])
  for (const { inputs } of warnings) expect(inputs.recipients).toBe('operators@kura.example')

  const quota = of<{ statements: string[] }>('prod', 'Quota')[0]?.inputs.statements ?? []
  const limit = (name: string) =>
    Number(new RegExp(` ${name} to (\\d+) in compartment exampleprod$`, 'm').exec(quota.join('\n'))?.[1])
  const pools = of<{
    nodeConfigDetails: { size: number }
    nodeShapeConfig: { ocpus: number; memoryInGbs: number }
  }>('prod', 'NodePool').map(({ inputs }) => inputs)
  // One node of each pool more than declared, while all are cycled at once.
  const used = (of: (shape: { ocpus: number; memoryInGbs: number }) => number) =>
    pools.reduce((sum, pool) => sum + (pool.nodeConfigDetails.size + 1) * of(pool.nodeShapeConfig), 0)
  expect(limit('standard-e5-core-count')).toBeGreaterThanOrEqual(used(({ ocpus }) => ocpus))
  expect(limit('standard-e5-memory-count')).toBeGreaterThanOrEqual(used(({ memoryInGbs }) => memoryInGbs))
  expect(limit('mount-target-count')).toBeGreaterThan(of('prod', 'MountTarget').length)
})
