import type { Mutant, Mutations } from '../../mutant.ts'

/** Takes a type of events from a rule. */
const silent = (rule: string, type: string) => (stack: Mutant) =>
  stack.change(rule, ({ conditionDetails }) => {
    conditionDetails.eventTypes = conditionDetails.eventTypes.filter((one: string) => !one.endsWith(`.${type}`))
  })

/** Lets a log take something else. */
const elsewhere = (log: string) => (stack: Mutant) =>
  stack.change(log, ({ configuration }) => {
    configuration.source.category = 'other'
  })

export default {
  'alarm-tells': (stack) =>
    stack.change('kura-alarms-site-down', (alarm) => {
      alarm.destinations = []
    }),
  'audit-archived': (stack) =>
    stack.change('kura-logging-archive-audit', ({ source }) => {
      source.logSources[0].logGroupId = '_Audit'
    }),
  'budget-with-alert': (stack) => {
    for (const rule of ['actual-80', 'actual-100', 'forecast-100'])
      stack.change(`kura-tenancy-costs-${rule}`, (alert) => {
        alert.recipients = ''
      })
  },
  'certificate-end-alarmed': {
    by: (stack) => {
      for (const of of ['issued', 'served'])
        stack.change(`kura-alarms-certificate-${of}`, (alarm) => {
          alarm.query = alarm.query.replace('certificate', 'document')
        })
    },
    also: ['kura/alarm-metric-emitted', 'kura/pushed-metric-alarmed'],
  },
  'cloud-guard-on-root': (stack) =>
    stack.change('kura-tenancy-guard-configuration', (guard) => {
      guard.status = 'DISABLED'
    }),
  'firewall-logged': elsewhere('kura-logging-edge-0-waf-all'),
  'identity-changes-told': silent('kura-tenancy-identities', 'updatepolicy'),
  'load-balancer-logged': elsewhere('kura-logging-edge-0-loadbalancer-error'),
  'log-archived': {
    by: (stack) =>
      stack.change('kura-logging-archive-network', ({ source }, resource) => {
        source.logSources.shift()
        resource.propertyDependencies.source = (resource.propertyDependencies.source ?? []).filter(
          (urn) => !urn.endsWith('::kura-network-flows'),
        )
      }),
    also: ['kura/every-log-archived'],
  },
  'network-changes-told': silent('kura-events-network', 'updateroutetable'),
  'problems-told': silent('kura-tenancy-problems', 'problemdetected'),
  'quota-set': (stack) =>
    stack.change('kura-tenancy-costs-quota', (quota) => {
      quota.statements = []
    }),
  'topic-subscribed': (stack) => stack.copy('kura-alarms-topic', 'kura-alarms-other-topic'),
  'watch-enabled': (stack) =>
    stack.change('kura-logging-keywords', (log) => {
      log.isEnabled = false
    }),
} satisfies Mutations
