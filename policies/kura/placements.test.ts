import { apps, batch, helm } from '@pulumi/kubernetes'
import { containerengine } from '@pulumi/oci'
import { expect, test } from 'vitest'
import { declared, UNKNOWN } from '../../test/support/rule.ts'
import { Stack } from '../rule/stack.ts'
import { placementsOf } from './placements.ts'

const found = (...resources: ReturnType<typeof declared>[]) =>
  placementsOf(new Stack(resources.map((resource) => ({ ...resource, props: resource.inputs })) as never)).map(
    ({ resource, ...placement }) => ({ of: resource.name, ...placement }),
  )

const WEB = { 'kura/pool': 'web' }
const metadata = { name: 'a', namespace: 'apps' }

test('reads workloads, and tells which end and which run everywhere', () => {
  const spec = { nodeSelector: WEB, priorityClassName: 'kura-edge' }
  const inputs = { metadata, spec: { template: { spec } } }
  expect(
    found(
      declared(apps.v1.Deployment, 'web', inputs),
      declared(apps.v1.DaemonSet, 'agent', inputs),
      declared(batch.v1.CronJob, 'nightly', { metadata, spec: { jobTemplate: { spec: { template: { spec: {} } } } } }),
    ),
  ).toEqual([
    {
      of: 'web',
      namespace: 'apps',
      at: 'spec.template.spec',
      daemon: false,
      job: false,
      nodeSelector: WEB,
      priority: 'kura-edge',
    },
    expect.objectContaining({ of: 'agent', daemon: true }),
    {
      of: 'nightly',
      namespace: 'apps',
      at: 'spec.jobTemplate.spec.template.spec',
      daemon: false,
      job: true,
      priority: undefined,
    },
  ])
})

test('reads what custom resources say of the pods that operators make', () => {
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } }
  const tolerations = [{ operator: 'Exists' }]
  const pod = { nodeSelector: WEB, priorityClassName: 'kura-edge' }
  expect(
    found(
      declared('kubernetes:acid.zalan.do/v1:postgresql', 'postgresql', {
        metadata,
        spec: { nodeAffinity, tolerations, podPriorityClassName: 'kura-data' },
      }),
      declared('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster', 'rabbitmq', {
        metadata,
        spec: {
          affinity: { nodeAffinity },
          tolerations,
          override: { statefulSet: { spec: { template: { spec: { priorityClassName: 'kura-data' } } } } },
        },
      }),
      declared('kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy', 'envoy', {
        metadata,
        spec: { provider: { kubernetes: { envoyDeployment: { pod } } } },
      }),
    ),
  ).toMatchObject([
    { of: 'postgresql', at: 'spec', affinity: { nodeAffinity }, tolerations, priority: 'kura-data' },
    { of: 'rabbitmq', at: 'spec', affinity: { nodeAffinity }, tolerations, priority: 'kura-data' },
    {
      of: 'envoy',
      at: 'spec.provider.kubernetes.envoyDeployment.pod',
      nodeSelector: WEB,
      priority: 'kura-edge',
    },
  ])
})

test('reads every part of a chart that selects nodes, and the settings of add-ons', () => {
  const values = { image: UNKNOWN, nodeSelector: WEB, job: { nodeSelector: { 'kura/pool': 'data' } } }
  const addon = (name: string, configurations: object) =>
    declared(containerengine.Addon, name, {
      configurations: Object.entries(configurations).map(([key, value]) => ({ key, value })),
    })
  expect(
    found(
      declared(helm.v3.Release, 'chart', { namespace: 'operators', values }),
      declared(helm.v3.Release, 'silent', { values: { replicas: 2 } }),
      addon('dns', { nodeSelectors: JSON.stringify(WEB), unknown: UNKNOWN }),
      addon('proxy', { tolerations: '[{"operator":"Exists"}]' }),
    ),
  ).toMatchObject([
    { of: 'chart', namespace: 'operators', at: 'values', nodeSelector: WEB },
    { of: 'chart', at: 'values.job', nodeSelector: { 'kura/pool': 'data' } },
    { of: 'silent', at: 'values' },
    { of: 'dns', daemon: false, nodeSelector: WEB },
    { of: 'proxy', daemon: true, tolerations: [{ operator: 'Exists' }] },
  ])
})
