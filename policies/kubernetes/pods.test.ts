import { apps, core } from '@pulumi/kubernetes'
import { describe, expect, it } from 'vitest'
import { cases, declared, UNKNOWN } from '../../test/support/rule.ts'
import { cronJob, deployment, namespace, pod } from '../../test/support/workloads.ts'
import type { CapturedResource } from '../../tools/evaluate/index.ts'
import { podRule, podsOf, restrictedPodRule } from './pods.ts'

const of = ({ type, inputs }: CapturedResource) => podsOf({ type, props: inputs } as never)

describe('podsOf', () => {
  it.each([
    ['a template', deployment({ containers: [{ name: 'app' }] }), 'spec.template.spec'],
    ["a CronJob's template", cronJob({ containers: [{ name: 'app' }] }), 'spec.jobTemplate.spec.template.spec'],
    ['a Pod', pod({ containers: [{ name: 'app' }] }), 'spec'],
  ])('finds the pods of %s', (_of, resource, at) => {
    expect(of(resource)).toMatchObject({ at, namespace: 'shop', spec: { containers: [{ name: 'app' }] } })
    expect(of(resource)?.containers).toEqual([{ container: { name: 'app' }, at: `${at}.containers[0]`, stage: 'main' }])
  })

  it('are in the namespace of their provider where they name none', () => {
    const provider = { props: { namespace: 'tools' } }
    expect(podsOf({ type: 'kubernetes:core/v1:Pod', props: { spec: {} }, provider } as never)?.namespace).toBe('tools')
  })

  it('finds containers of every stage, in the order of their start', () => {
    const spec = {
      containers: [{ name: 'app' }],
      initContainers: [{ name: 'first' }, { name: 'second' }],
      ephemeralContainers: [{ name: 'debug' }],
    }
    expect(of(pod(spec))?.containers.map(({ at, stage }) => [at, stage])).toEqual([
      ['spec.initContainers[0]', 'init'],
      ['spec.initContainers[1]', 'init'],
      ['spec.containers[0]', 'main'],
      ['spec.ephemeralContainers[0]', 'ephemeral'],
    ])
  })

  it("has the pods' own labels and annotations", () => {
    const metadata = { labels: { app: 'web' }, annotations: { note: 'x' } }
    expect(of(deployment({}, metadata))).toMatchObject(metadata)
    expect(of(pod({}, metadata))).toMatchObject(metadata)
    expect(of(deployment({}))).toMatchObject({ labels: {}, annotations: {} })
  })

  it('finds none in a workload without a template, and in what makes no pods', () => {
    expect(of(declared(apps.v1.Deployment, 'web', { spec: {} }))).toBeUndefined()
    expect(of(declared(apps.v1.Deployment, 'web'))).toBeUndefined()
    expect(of(namespace('shop'))).toBeUndefined()
  })
})

const about = {
  description: 'No pod has a name of its own.',
  severity: 'low',
  level: 'advisory',
  serves: ['PSS privileged'],
} as const
const named = deployment({ hostname: 'web' })
const broken = 'web: spec.template.spec.hostname is "web"; write no name.'

cases(
  podRule({ ...about, name: 'every-pod', serves: [...about.serves] }, ({ spec, at }, tell) => {
    if (spec.hostname) tell({ at: `${at}.hostname`, is: spec.hostname, write: 'no name' })
  }),
  {
    passes: {
      'pods whose labels are not known yet': deployment({}, UNKNOWN as never),
      'what makes no pods': declared(core.v1.Service, 'web', { spec: { hostname: 'web' } }),
    },
    breaks: { 'a pod, whatever its namespace': [[namespace('shop', 'privileged'), named], broken] },
  },
)

cases(
  restrictedPodRule({ ...about, name: 'restricted-pod', serves: [...about.serves] }, ({ spec, at }, tell) => {
    if (spec.hostname) tell({ at: `${at}.hostname`, is: spec.hostname, write: 'no name' })
  }),
  {
    passes: {
      'a pod of a namespace that enforces less': [namespace('shop', 'baseline'), named],
      'a pod of a namespace that enforces nothing': [namespace('shop', 'privileged'), named],
      "the cluster's own pods": declared(apps.v1.DaemonSet, 'agent', {
        metadata: { namespace: 'kube-system' },
        spec: { template: { spec: { hostname: 'agent' } } },
      }),
      'a workload without a template': declared(apps.v1.Deployment, 'web', { metadata: { namespace: 'shop' } }),
    },
    breaks: {
      'a pod of a restricted namespace': [[namespace('shop', 'restricted'), named], broken],
      'a pod of a namespace that says nothing': [[namespace('shop'), named], broken],
      'a pod of a namespace that enforces what there is not': [[namespace('shop', 'Baseline'), named], broken],
      'a pod of a namespace that is not declared': [[namespace('other', 'baseline'), named], broken],
      'a pod without a namespace': [
        declared(core.v1.Pod, 'debug', { spec: { hostname: 'x' } }),
        'debug: spec.hostname is "x"; write no name.',
      ],
      'a pod whose namespace is not known yet, beside one that is': [
        [declared(core.v1.Pod, 'debug', { metadata: { namespace: UNKNOWN }, spec: {} }), named],
        'Could not be judged: debug: metadata.namespace is not known before the deployment.',
        broken,
      ],
    },
  },
)
