import { expect, it } from 'vitest'
import { declared } from '../../test/support/rule.ts'
import { ENVOY_PROXY, OperatedPods, POSTGRESQL, RABBITMQ } from './operators.ts'

const pods = (kind: Parameters<typeof declared>[0], spec: object) => {
  const { type, inputs } = declared(kind, 'resource', { spec })
  return new OperatedPods({ type, props: inputs })
}

it('each kind says the same at places of its own', () => {
  expect(pods(POSTGRESQL, { dockerImage: 'a:1', numberOfInstances: 2 }).get('image')).toBe('a:1')
  expect(pods(RABBITMQ, { image: 'b:1' }).get('image')).toBe('b:1')
  expect(pods(POSTGRESQL, {}).at('priorityClassName')).toBe('spec.podPriorityClassName')
  expect(pods(RABBITMQ, {}).at('priorityClassName')).toBe(
    'spec.override.statefulSet.spec.template.spec.priorityClassName',
  )
})

it('what is not said, or has no word, is undefined', () => {
  expect(pods(RABBITMQ, {}).get('topologySpreadConstraints')).toBeUndefined()
  expect(pods(POSTGRESQL, {}).at('affinity')).toBeUndefined()
  expect(pods(POSTGRESQL, {}).get('affinity')).toBeUndefined()
})

it('proxies of Envoy are a Deployment or a DaemonSet, which has no number', () => {
  const deployment = pods(ENVOY_PROXY, {
    provider: { kubernetes: { envoyDeployment: { replicas: 2, container: { image: 'a:1' } } } },
  })
  const daemons = pods(ENVOY_PROXY, { provider: { kubernetes: { envoyDaemonSet: { container: { image: 'b:1' } } } } })
  expect([deployment.get('image'), deployment.get('replicas')]).toEqual(['a:1', 2])
  expect([daemons.get('image'), daemons.at('replicas')]).toEqual(['b:1', undefined])
})
