import { apps, batch, core, helm } from '@pulumi/kubernetes'
import { describe, expect, it } from 'vitest'
import { declared } from '../../test/support/rule.ts'
import { stackOf } from '../../test/support/stack.ts'
import { GATEWAY } from './gateways.ts'
import { ENVOY_PROXY, POSTGRESQL, RABBITMQ } from './operators.ts'
import { hiding, podGroups, servicesOf } from './pod-groups.ts'

const IN_WEB = { namespace: 'web' }
const template = (spec: object = {}) => ({ metadata: { labels: { app: 'site' } }, spec: { containers: [], ...spec } })
const gateway = declared(GATEWAY, 'gateway', {
  metadata: { name: 'edge', ...IN_WEB },
  spec: {
    gatewayClassName: 'envoy',
    infrastructure: { parametersRef: { kind: 'EnvoyProxy', name: 'proxies' } },
    listeners: [{ name: 'web', port: 80, protocol: 'HTTP' }],
  },
})
const proxy = (kubernetes: object) =>
  declared(ENVOY_PROXY, 'proxy', { metadata: { name: 'proxies', ...IN_WEB }, spec: { provider: { kubernetes } } })

describe('pods of a stack', () => {
  it('are those of workloads, as many as they say, or one', () => {
    const groups = podGroups(
      stackOf(
        declared(apps.v1.Deployment, 'three', { metadata: IN_WEB, spec: { replicas: 3, template: template() } }),
        declared(apps.v1.StatefulSet, 'one', { spec: { template: template({ hostNetwork: true }) } }),
        declared(apps.v1.DaemonSet, 'each', { spec: { template: template() } }),
        declared(batch.v1.CronJob, 'nightly', { spec: { jobTemplate: { spec: { template: template() } } } }),
        declared(apps.v1.Deployment, 'none', { spec: {} }),
      ),
    )
    expect(groups).toMatchObject([
      { name: 'three', kind: 'Deployment', namespace: 'web', labels: { app: 'site' }, replicas: 3, hostNetwork: false },
      { name: 'one', kind: 'StatefulSet', namespace: 'default', replicas: 1, hostNetwork: true, budgeted: false },
      { name: 'each', kind: 'DaemonSet', replicas: undefined },
      { name: 'nightly', kind: 'CronJob', replicas: undefined },
    ])
  })

  it('open the ports that containers name', () => {
    const containers = [{ ports: [{ name: 'http', containerPort: 80 }, { containerPort: 81 }] }, {}]
    const [group] = podGroups(stackOf(declared(core.v1.Pod, 'pod', { metadata: IN_WEB, spec: { containers } })))
    expect(group?.ports).toEqual(['http'])
  })

  it('are those of operators, with the labels that they give', () => {
    const stack = stackOf(
      declared(POSTGRESQL, 'database', { metadata: { name: 'db', ...IN_WEB }, spec: { numberOfInstances: 2 } }),
      declared(RABBITMQ, 'queue', { metadata: { name: 'mq', ...IN_WEB }, spec: {} }),
      gateway,
      proxy({ envoyDeployment: { replicas: 4 }, envoyPDB: { maxUnavailable: 1 } }),
    )
    expect(podGroups(stack)).toMatchObject([
      { labels: { application: 'spilo', 'cluster-name': 'db' }, replicas: 2, budgeted: true, ports: undefined },
      { labels: { 'app.kubernetes.io/name': 'mq' }, replicas: 1, budgeted: false },
      { labels: { 'gateway.envoyproxy.io/owning-gateway-name': 'edge' }, replicas: 4, budgeted: true },
    ])
  })

  it('are as many as an autoscaler leaves where Envoys are scaled', () => {
    const scaled = proxy({ envoyDeployment: { replicas: 4 }, envoyHpa: { minReplicas: 2 } })
    expect(podGroups(stackOf(gateway, scaled))).toMatchObject([{ replicas: 2 }])
    expect(podGroups(stackOf(gateway, proxy({ envoyHpa: {} })))).toMatchObject([{ replicas: 1 }])
  })

  it('are one on every node where Envoys are a DaemonSet, and none where a Gateway names no proxies of ours', () => {
    expect(podGroups(stackOf(gateway, proxy({ envoyDaemonSet: {} })))).toMatchObject([
      { replicas: undefined, budgeted: false },
    ])
    expect(podGroups(stackOf(gateway))).toEqual([])
  })
})

it('Services of a stack are declared, or made by operators', () => {
  const stack = stackOf(
    declared(core.v1.Service, 'service', { metadata: { name: 'site', ...IN_WEB }, spec: { ports: [{ port: 80 }] } }),
    declared(POSTGRESQL, 'database', { metadata: { name: 'db', ...IN_WEB }, spec: {} }),
    declared(RABBITMQ, 'queue', { metadata: { name: 'mq', ...IN_WEB } }),
    gateway,
  )
  const services = servicesOf(stack)
  expect(services.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(
    expect.arrayContaining([
      'web/site',
      'web/db',
      'web/db-repl',
      'web/mq',
      'web/mq-nodes',
      'web/edge',
      'web/edge-envoy',
    ]),
  )
  const ports = (of: string) => services.find(({ name }) => name === of)?.ports?.map(({ port }) => port)
  expect([ports('site'), ports('edge'), ports('db')]).toEqual([[80], [80], undefined])
})

it('what charts make does not show, nor what something else makes', () => {
  const stack = stackOf(declared(helm.v3.Release, 'chart', IN_WEB), declared(helm.v3.Release, 'other', {}))
  expect([...hiding(stack, ['tools'])].toSorted()).toEqual(['default', 'tools', 'web'])
})
