import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parser } from '@prometheus-io/lezer-promql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Connections } from '../../app/platform/database/index.ts'
import { createMetrics } from '../../app/platform/metrics.ts'
import { memoryCaches } from '../../app/ports/cache/memory.ts'
import { ALARMS, absence, GUIDES, query } from '../../infra/operations/alarm-rules.ts'
import { EMITTERS } from '../../infra/operations/metrics/emitters.ts'
import { type Evaluation, reveal, Secret } from '../../tools/evaluate/index.ts'
import { evaluateStacks } from './stacks.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Namespaces of Oracle's services that emit what alarms look at; the agent's own is beside them. */
const SERVICES = [
  'oci_fastconnect',
  'oci_filestorage',
  'oci_healthchecks',
  'oci_lbaas',
  'oci_notification',
  'oci_service_connector_hub',
]

/** `metric[interval]{dimension = "value"}.groupBy(dimension).statistic() comparison`, as Oracle's reference draws it. */
const MQL =
  /^(?<metric>[A-Za-z][\w.]*)\[(?:[1-9]|[1-5]\d|60)m\](?:\{\w+ = "[^"]+"\})?(?:\.groupBy\(\w+\))?(?:\.(?:max|min|mean|sum)\(\) (?:>|<) \d+(?:\.\d+)?|\.grouping\(\)\.absent\(3d\))$/

interface Alarm {
  displayName: string
  namespace: string
  query: string
  severity: string
  body: string
  notificationTitle: string
  pendingDuration: string
  destinations: string[]
  isEnabled: boolean
  overrides: { ruleName: string; query: string; severity: string }[]
}

const stacks: Record<string, Evaluation> = {}
beforeAll(async () => {
  Object.assign(stacks, await evaluateStacks())
}, 60_000)

const written = mkdtempSync(join(tmpdir(), 'kura-watching-'))
afterAll(() => rmSync(written, { recursive: true }))

function inputs<T>(stack: string, type: string): T[] {
  return (stacks[stack]?.resources ?? [])
    .filter((resource) => resource.type === type)
    .map((resource) => reveal(resource.inputs) as T)
}
const alarms = (stack: string) => inputs<Alarm>(stack, 'oci:Monitoring/alarm:Alarm')
/** A file of a ConfigMap in the namespace of the metrics. */
function file(stack: string, name: string): string {
  const maps = inputs<{ metadata: { namespace: string }; data: Record<string, string> }>(
    stack,
    'kubernetes:core/v1:ConfigMap',
  )
  const found = maps.find(({ metadata, data }) => metadata.namespace === 'kura-operations' && name in data)
  if (!found) throw new Error(`${name} is in no ConfigMap`)
  return found.data[name] as string
}
function recorded(stack: string): { record: string; expr: string; labels: Record<string, string> }[] {
  return parse(file(stack, 'rules.yml')).groups.flatMap(({ rules }: { rules: unknown }) => rules)
}

/** The metrics that PromQL looks at, and whether it can be read at all. */
function look(expr: string) {
  const metrics = new Set<string>()
  let broken = false
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError) broken = true
      if (node.name !== 'VectorSelector') return
      const name = node.node.getChild('Identifier')
      if (name) metrics.add(expr.slice(name.from, name.to))
      else broken = true
    },
  })
  return { metrics: [...metrics], broken }
}

const emitted: string[] = Object.values(EMITTERS).flatMap(({ metrics }) => metrics)

test('PromQL that is broken, or looks at no metric by its name, is found', () => {
  expect(look('sum by (a) (up{b="c"}) / 2')).toEqual({ metrics: ['up'], broken: false })
  expect(look('sum by (a (up)').broken).toBe(true)
  expect(look('{job="a"}').broken).toBe(true)
})

describe.each(['dev', 'prod'])('the stack %s', (stack) => {
  test('records nothing but what some emitter emits, and reads every emitter for a reason', () => {
    const used = new Set<string>()
    for (const { record, expr } of recorded(stack)) {
      const { metrics, broken } = look(expr)
      expect(broken, `${record}: ${expr}`).toBe(false)
      expect(metrics.length, record).toBeGreaterThan(0)
      for (const metric of metrics) {
        expect(emitted, `${record} looks at ${metric}`).toContain(metric)
        used.add(metric)
      }
    }
    expect([...used].sort()).toEqual([...emitted].sort())
  })

  test('joins every alarm to who emits its metric, and every recorded metric to an alarm', () => {
    const records = recorded(stack).map(({ record }) => record)
    const watched = new Set<string>()
    for (const { displayName, namespace, query: base, overrides } of alarms(stack)) {
      const metrics = [base, ...overrides.map((override) => override.query)].map((text) => {
        const metric = MQL.exec(text)?.groups?.metric
        expect(metric, `${displayName}: ${text}`).toBeDefined()
        return metric
      })
      expect(new Set(metrics).size, displayName).toBe(1)
      const [metric] = metrics
      if (namespace === 'kura_platform') {
        expect(records, displayName).toContain(metric)
        watched.add(metric as string)
      } else expect(SERVICES, displayName).toContain(namespace)
    }
    expect([...watched].sort()).toEqual(records.sort())
  })

  test('fires when a metric falls silent too, unless the rule says why not', () => {
    const all = alarms(stack)
    expect(all).toHaveLength(Object.keys(ALARMS).length)
    for (const { displayName, overrides } of all) {
      const rule = ALARMS[displayName.replace('kura-alarms-', '')]
      const silent = overrides.some((override) => override.query.endsWith('.grouping().absent(3d)'))
      expect(silent, displayName).toBe(rule?.quiet === undefined)
    }
  })

  test('wakes somebody, with what to do and where to read on', () => {
    const topic = stacks[stack]?.resources.find(({ name }) => name === 'kura-alarms-topic')
    const headings = readFileSync(join(ROOT, 'docs/watching.md'), 'utf8')
      .split('\n')
      .filter((line) => /^#+ /.test(line))
      .map((line) => line.replace(/^#+ /, '').replaceAll(':', '').replaceAll(' ', '-').toLowerCase())
    for (const { displayName, destinations, body, notificationTitle, isEnabled } of alarms(stack)) {
      expect(destinations, displayName).toEqual([topic?.outputs.topicId])
      expect(isEnabled).toBe(true)
      expect(notificationTitle).toMatch(new RegExp(`^${stack}: [A-Z]`))
      const [, guide = ''] = /docs\/watching\.md#([a-z-]+)$/.exec(body) ?? []
      expect(headings, displayName).toContain(guide)
    }
    const subscriptions = inputs<{ topicId: string; protocol: string; endpoint: string }>(
      stack,
      'oci:Ons/subscription:Subscription',
    ).filter(({ topicId }) => topicId === topic?.outputs.topicId)
    expect(subscriptions.map(({ protocol, endpoint }) => `${protocol} ${endpoint}`)).toEqual([
      'EMAIL operators@kura.example',
    ])
  })

  test('pushes what is recorded and nothing else, and no series without an instance', () => {
    const properties = Object.fromEntries(
      file(stack, 'collector.properties')
        .trimEnd()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    const rules = recorded(stack)
    const records = rules.map(({ record }) => record)
    expect(properties).toMatchObject({ namespace: 'kura_platform', scheduleMins: '1', allowMetrics: records.join(',') })
    const url = new URL(properties.url ?? '')
    expect(url.host).toBe('prometheus.kura-operations.svc:9090')
    expect(url.pathname).toBe('/federate')
    const [, pattern = ''] = /^\{__name__=~"(.+)"\}$/.exec(url.searchParams.get('match[]') ?? '') ?? []
    const matched = [...records, ...emitted].filter((metric) => new RegExp(`^(?:${pattern})$`).test(metric))
    expect(matched).toEqual(records)
    for (const { record, labels } of rules) {
      // What Oracle's Monitoring takes as a metric's name.
      expect(record).toMatch(/^[A-Za-z][\w.$-]{0,254}$/)
      expect(labels).toEqual({ instance: 'platform' })
    }
  })

  test("reads every emitter that is declared here, and lets the network's policies carry it", () => {
    const config: { scrape_configs: { job_name: string; static_configs?: { targets: string[] }[] }[] } = parse(
      file(stack, 'prometheus.yml'),
    )
    const targets = Object.fromEntries(
      config.scrape_configs.map(({ job_name, static_configs }) => [job_name, static_configs?.[0]?.targets ?? []]),
    )
    expect(Object.keys(targets)).toEqual(['pods', 'kubelet', 'resources', 'kube-state-metrics', 'certificates'])
    for (const [name, { job }] of Object.entries(EMITTERS))
      if (job !== undefined) expect(Object.keys(targets), name).toContain(job)
    const services = inputs<{ metadata: { name: string; namespace: string }; spec: { ports?: { port: number }[] } }>(
      stack,
      'kubernetes:core/v1:Service',
    ).map(({ metadata, spec }) => `${metadata.name}.${metadata.namespace}.svc:${spec.ports?.[0]?.port}`)
    expect(services).toContain(targets['kube-state-metrics']?.[0])
    expect(targets.certificates).toContain(`login.${stack === 'dev' ? 'dev.' : ''}kura.example:443`)

    const pods = [
      ...inputs<Workload>(stack, 'kubernetes:apps/v1:Deployment'),
      ...inputs<Workload>(stack, 'kubernetes:apps/v1:DaemonSet'),
      ...inputs<Workload>(stack, 'kubernetes:apps/v1:StatefulSet'),
    ].filter(({ metadata }) => ['kura-operations', 'kura-nodes'].includes(metadata.namespace))
    const policies = inputs<Policy>(stack, 'kubernetes:networking.k8s.io/v1:NetworkPolicy')
    const opened = pods.map(({ metadata, spec }) => {
      const labels = spec.template.metadata.labels
      const ports = policies
        .filter(
          (policy) =>
            policy.metadata.namespace === metadata.namespace &&
            Object.entries(policy.spec.podSelector.matchLabels ?? { none: '' }).every(([k, v]) => labels[k] === v),
        )
        .flatMap(({ spec: { ingress = [] } }) => ingress.flatMap((rule) => rule.ports.map(({ port }) => port)))
      return [metadata.name, ports]
    })
    expect(Object.fromEntries(opened)).toEqual({
      prometheus: [9090],
      'kube-state-metrics': [8080],
      'blackbox-exporter': [9115],
      'node-exporter': [9100],
      'management-agent': [],
    })
    for (const namespace of ['kura-operations', 'kura-nodes'])
      expect(
        policies.find(({ metadata }) => metadata.namespace === namespace && metadata.name === 'deny-all')?.spec,
      ).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })

    const exporter = pods.find(({ metadata }) => metadata.name === 'node-exporter')?.spec.template.spec
    expect(exporter?.tolerations).toEqual([{ operator: 'Exists' }])
    expect(exporter?.nodeSelector).toBeUndefined()
    const state = pods.find(({ metadata }) => metadata.name === 'kube-state-metrics')?.spec.template.spec
    expect(state?.containers[0]?.args).toContain(
      `--metric-allowlist=${EMITTERS['kube-state-metrics'].metrics.join(',')}`,
    )
  })

  test('gives those alone a token of the Kubernetes API that ask it, for reading', () => {
    const rules = inputs<{ metadata: { name: string }; rules: { resources: string[]; verbs: string[] }[] }>(
      stack,
      'kubernetes:rbac.authorization.k8s.io/v1:ClusterRole',
    ).filter(({ metadata }) => metadata.name.startsWith('kura-metrics-'))
    expect(rules).toHaveLength(2)
    for (const { verbs, resources } of rules.flatMap((role) => role.rules)) {
      expect(['get', 'list', 'watch']).toEqual(expect.arrayContaining(verbs))
      expect(resources).not.toContain('secrets')
    }
  })

  test('hides what the agent registers with', () => {
    const secret = stacks[stack]?.resources.find(({ name }) => name === 'kura-metrics-agent-registration')
    expect(secret?.inputs.stringData).toBeInstanceOf(Secret)
    expect(reveal(secret?.inputs.stringData)).toEqual({
      'input.rsp': `ManagementAgentInstallKey = ${key(stack)}\nAgentDisplayName = kura-metrics-agent-${stack}\n`,
    })
  })

  test('asks a host of every load balancer from outside', () => {
    const checks = inputs<{ targets: string[]; protocol: string }>(stack, 'oci:HealthChecks/httpMonitor:HttpMonitor')
    const config = parse(file(stack, 'prometheus.yml'))
    const probed = config.scrape_configs.find(({ job_name }: { job_name: string }) => job_name === 'certificates')
    expect(checks.map(({ targets: [host] }) => `${host}:443`).sort()).toEqual(
      [...probed.static_configs[0].targets].sort(),
    )
    for (const { protocol } of checks) expect(protocol).toBe('HTTPS')
  })
})

interface Workload {
  metadata: { name: string; namespace: string }
  spec: {
    template: {
      metadata: { labels: Record<string, string> }
      spec: { tolerations?: unknown[]; nodeSelector?: unknown; containers: { args?: string[] }[] }
    }
  }
}
interface Policy {
  metadata: { name: string; namespace: string }
  spec: {
    podSelector: { matchLabels?: Record<string, string> }
    ingress?: { ports: { port: number }[] }[]
  }
}

function key(stack: string) {
  const made = stacks[stack]?.resources.find(({ type }) => type.endsWith(':ManagementAgentInstallKey'))
  return reveal(made?.outputs.key)
}

test('dev and prod are watched alike', () => {
  const what = (stack: string) =>
    alarms(stack).map(({ displayName, query: base, overrides }) => [displayName, base, overrides.map((o) => o.query)])
  expect(what('dev')).toEqual(what('prod'))
})

test('an alarm waits within what Monitoring allows, its levels rise, and every guide is used', () => {
  for (const [name, rule] of Object.entries(ALARMS)) {
    expect(rule.pending, name).toBeLessThanOrEqual(60)
    const limits = rule.levels.map(({ when }) => Number(when.slice(2)))
    const rising = rule.levels[0].when.startsWith('>')
    expect(limits, name).toEqual(limits.toSorted((a, b) => (rising ? b - a : a - b)))
    expect(new Set(rule.levels.map(({ severity }) => severity)).size, name).toBe(rule.levels.length)
    for (const level of rule.levels) expect(query(rule, level)).toMatch(MQL)
    expect(absence(rule)).toMatch(MQL)
  }
  expect(new Set(Object.values(ALARMS).map(({ guide }) => guide))).toEqual(new Set(GUIDES))
})

test('the job rule asks for no name and no namespace, so that a new job is watched from its first day', () => {
  const job = recorded('dev').find(({ record }) => record === 'platform_job_age_ratio')
  expect(job?.expr).not.toMatch(/[{}]/)
})

test('the application emits what it is read for', async () => {
  const metrics = createMetrics(new Connections({ host: 'localhost', port: 1, tls: false }, 1), memoryCaches())
  const printed = await metrics.print()
  for (const metric of EMITTERS.application.metrics) expect(printed).toContain(`# TYPE ${metric} gauge`)
})

test('the agent is told at each start what to push, and forgets what it was told before', () => {
  const declared = join(written, 'declared')
  const home = join(written, 'agent')
  const sources = join(home, 'agent_inst/discovery/PrometheusEmitter')
  mkdirSync(declared)
  writeFileSync(join(declared, 'collector.properties'), file('dev', 'collector.properties'))
  const script = join(written, 'init-agent.sh')
  writeFileSync(script, file('dev', 'init-agent.sh'), { mode: 0o555 })
  const start = () => spawnSync(script, { env: { ...process.env, DECLARED: declared, AGENT_HOME: home } })

  expect(start().status).toBe(0)
  writeFileSync(join(sources, 'former.properties'), 'url=http://former')
  expect(start().status).toBe(0)
  expect(readdirSync(sources)).toEqual(['collector.properties'])
  expect(readFileSync(join(sources, 'collector.properties'), 'utf8')).toBe(file('dev', 'collector.properties'))
  rmSync(declared, { recursive: true })
  expect(start().status).not.toBe(0)
})

/** Prometheus' own checker; `go install github.com/prometheus/prometheus/cmd/promtool@v0.316.0` makes it. */
const promtool = process.env.PROMTOOL ?? 'promtool'
const installed = spawnSync(promtool, ['--version']).status === 0

describe.skipIf(!installed)("by Prometheus' own checker, where it is installed", () => {
  test('configuration and rules are read, and rules compute what they say', () => {
    for (const stack of ['dev', 'prod']) {
      const folder = join(written, stack)
      mkdirSync(folder)
      const rules = join(folder, 'rules.yml')
      const config = join(folder, 'prometheus.yml')
      const tests = join(folder, 'recorded.promtool.yml')
      writeFileSync(join(folder, 'token'), 'token')
      writeFileSync(rules, file(stack, 'rules.yml'))
      writeFileSync(
        config,
        file(stack, 'prometheus.yml')
          .replaceAll('/etc/prometheus', folder)
          .replaceAll('/var/run/secrets/kubernetes.io/serviceaccount', folder),
      )
      writeFileSync(tests, readFileSync(join(import.meta.dirname, 'recorded.promtool.yml')))
      for (const args of [
        ['check', 'config', config],
        ['test', 'rules', tests],
      ]) {
        const { status, stdout, stderr } = spawnSync(promtool, args, { encoding: 'utf8' })
        expect(status, `${stdout}${stderr}`).toBe(0)
      }
    }
  })
})
