import type { Mutant, Mutations } from '../../mutant.ts'

/** Changes a line of what the agent is told. */
function tellAgent(stack: Mutant, from: string, to: string): void {
  stack.change('kura-metrics-agent-configuration', ({ data }) => {
    data['collector.properties'] = data['collector.properties'].replace(from, to)
  })
}

export default {
  'alarm-not-silenced': (stack) =>
    stack.change('kura-alarms-node-disk', (alarm) => {
      alarm.suppression = { timeSuppressFrom: '2027-01-01T00:00:00Z', timeSuppressUntil: '2027-01-02T00:00:00Z' }
    }),
  'alarm-heard-when-silent': (stack) =>
    stack.change('kura-alarms-node-disk', ({ overrides }) => {
      overrides.pop()
    }),
  'alarm-metric-emitted': (stack) =>
    stack.change('kura-alarms-node-disk', ({ overrides }) => {
      overrides[0].query = overrides[0].query.replace('platform_node_disk', 'platform_nodes_disk')
    }),
  'alarm-says-what-to-do': (stack) =>
    stack.change('kura-alarms-node-disk', (alarm) => {
      alarm.body = 'Do something.'
    }),
  'alarm-service-declared': (stack) =>
    stack.copy('kura-alarms-site-down', 'kura-alarms-streams', (alarm) => {
      alarm.displayName = 'kura-alarms-streams'
      alarm.namespace = 'oci_streaming'
    }),
  'alarm-told': (stack) =>
    stack.change('kura-alarms-node-disk', (_inputs, resource) => {
      resource.propertyDependencies.destinations = []
    }),
  'archive-retained': (stack) =>
    stack.change('kura-storage-logs', ({ retentionRules }) => {
      retentionRules[0].duration.timeAmount = '89'
    }),
  'door-asked-from-outside': (stack) => stack.remove('kura-alarms-check-group-1'),
  'event-rule-told': (stack) =>
    stack.change('kura-events-keys', ({ actions }) => {
      actions.action[0].isEnabled = false
    }),
  'every-log-archived': (stack) =>
    stack.change('kura-logging-archive-network', (_inputs, resource) => {
      resource.propertyDependencies.source?.pop()
    }),
  'log-kept': (stack) =>
    stack.change('kura-logging-everything', (log) => {
      log.retentionDuration = 7
    }),
  'pushed-metric-alarmed': (stack) => stack.remove('kura-alarms-node-disk'),
  'pushed-metric-recorded': (stack) => {
    tellAgent(stack, 'platform_targets_down', 'platform_targets_down,platform_new')
    stack.copy('kura-alarms-node-disk', 'kura-alarms-new', (alarm) => {
      alarm.displayName = 'kura-alarms-new'
      alarm.query = 'platform_new[5m].max() > 1'
      alarm.overrides = [{ ...alarm.overrides.at(-1), query: 'platform_new[15m].grouping().absent(3d)' }]
    })
  },
  'recorded-metric-emitted': (stack) =>
    stack.change('kura-metrics-state-deployment', ({ spec }) => {
      const [container] = spec.template.spec.containers
      container.args = container.args.map((arg: string) => arg.replace('kube_pod_status_phase,', ''))
    }),
  'service-alarmed': (stack) => stack.remove('kura-alarms-site-down'),
} satisfies Mutations
