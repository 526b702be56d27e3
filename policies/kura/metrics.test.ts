import { core } from '@pulumi/kubernetes'
import { expect, test } from 'vitest'
import { declared } from '../../test/support/rule.ts'
import { Stack } from '../rule/stack.ts'
import { metricOf, pushedMetrics, queriesOf, recordedMetrics } from './metrics.ts'

test.each([
  ['platform_jobs[5m].min() > 1', 'platform_jobs'],
  ['HTTP.isHealthy[5m].groupBy(resourceId).mean() < 0.5', 'HTTP.isHealthy'],
  ['unhealthyBackendServers[1m]{lbComponent = "backendSet"}.max() > 0', 'unhealthyBackendServers'],
  [' Errors [1m].sum() > 0', 'Errors'],
  ['sum(Errors) > 0', undefined],
  ['', undefined],
])('%s looks at %s', (query, metric) => expect(metricOf(query)).toBe(metric))

test('an override without a query of its own has none', () => {
  const alarm = { query: 'a[1m].max() > 1', overrides: [{ severity: 'CRITICAL' }, { query: 'b[1m].max() > 1' }] }
  expect(queriesOf(alarm as unknown as Parameters<typeof queriesOf>[0])).toEqual([
    ['query', 'a[1m].max() > 1'],
    ['overrides[1].query', 'b[1m].max() > 1'],
  ])
})

/** As the engine hands resources of a stack to a rule. */
const stackOf = (data: Record<string, string>) => {
  const { inputs, ...rest } = declared(core.v1.ConfigMap, 'files', { data })
  return new Stack([{ ...rest, props: inputs }] as unknown as ConstructorParameters<typeof Stack>[0])
}

test('what is pushed is read of properties, and what is recorded of rules', () => {
  const properties = '# a comment = none\nurl=http://a?b=c\nnamespace=ours\nallowMetrics=a,b\n\n'
  expect(pushedMetrics(stackOf({ 'agent.properties': properties }))).toMatchObject([
    { namespace: 'ours', metrics: ['a', 'b'] },
  ])
  expect(pushedMetrics(stackOf({ 'agent.properties': 'namespace=ours\n' }))).toMatchObject([{ metrics: [] }])
  expect(pushedMetrics(stackOf({ 'other.properties': 'a=b', 'agent.txt': properties }))).toEqual([])
  const rules = 'groups:\n  - rules:\n      - record: a\n        expr: max(b)\n      - alert: c\n        expr: d\n'
  expect(recordedMetrics(stackOf({ 'rules.yml': rules }))).toMatchObject([{ record: 'a', expr: 'max(b)' }])
  expect(recordedMetrics(stackOf({ 'rules.yml': 'groups:\n  - name: none\n', 'other.yml': rules }))).toEqual([])
})
