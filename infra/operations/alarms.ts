import { createHash } from 'node:crypto'
import * as healthchecks from '@pulumi/oci/healthchecks/index.js'
import * as managementagent from '@pulumi/oci/managementagent/index.js'
import * as monitoring from '@pulumi/oci/monitoring/index.js'
import * as ons from '@pulumi/oci/ons/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { HostGroup } from '../edge/host-groups.ts'
import type { Settings } from '../settings.ts'
import { ALARMS, absence, query } from './alarm-rules.ts'
import { watchedHosts } from './watched-hosts.ts'

interface AlarmsArgs {
  settings: Pick<Settings, 'compartment' | 'zone' | 'alarms'>
  groups: HostGroup[]
}

/** What wakes an operator, whom it wakes, and checks of the service from outside. */
export class Alarms extends Component {
  /** OCID of the topic that operators are told by. */
  readonly topicId: pulumi.Output<string>
  /** Lets the agent in the cluster register itself, which pushes what most alarms look at. */
  readonly agentKey: pulumi.Output<string>

  constructor(name: string, { settings, groups }: AlarmsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Alarms', name, options)
    const child = { parent: this }
    const common = { compartmentId: settings.compartment, freeformTags: this.tags }
    const environment = pulumi.getStack()

    this.agentKey = pulumi.secret(
      new managementagent.ManagementAgentInstallKey(
        this.named('agent-key'),
        // An agent that has lost its volume registers anew, whenever that is.
        { compartmentId: settings.compartment, displayName: this.named('agent-key'), isUnlimited: true },
        { ...child, additionalSecretOutputs: ['key'] },
      ).key,
    )

    const topic = new ons.NotificationTopic(
      this.named('topic'),
      // Topic names are one space for all stacks of a tenancy.
      { ...common, name: `${this.named('topic')}-${environment}`, description: 'Whom alarms wake' },
      child,
    )
    this.topicId = topic.topicId
    // A webhook's address may be all that guards it.
    const subscribe = (protocol: 'EMAIL' | 'CUSTOM_HTTPS', endpoint: string) =>
      new ons.Subscription(
        this.named(`subscription-${createHash('sha256').update(endpoint).digest('hex').slice(0, 8)}`),
        {
          ...common,
          topicId: this.topicId,
          protocol,
          endpoint: protocol === 'EMAIL' ? endpoint : pulumi.secret(endpoint),
        },
        child,
      )
    for (const email of settings.alarms.emails) subscribe('EMAIL', email)
    for (const webhook of settings.alarms.webhooks) subscribe('CUSTOM_HTTPS', webhook)

    for (const { name: suffix, host } of watchedHosts(groups, settings))
      new healthchecks.HttpMonitor(
        this.named(`check-${suffix}`),
        {
          ...common,
          displayName: this.named(`check-${suffix}`),
          protocol: 'HTTPS',
          targets: [host],
          path: '/',
          method: 'GET',
          intervalInSeconds: 60,
          timeoutInSeconds: 30,
          isEnabled: true,
        },
        child,
      )

    for (const [alarm, rule] of Object.entries(ALARMS)) {
      const [urgent, ...less] = rule.levels
      const lowest = less.at(-1) ?? urgent
      const body = `${rule.todo} See docs/watching.md#alarms-${rule.guide}`
      new monitoring.Alarm(
        this.named(alarm),
        {
          ...common,
          displayName: this.named(alarm),
          notificationTitle: `${environment}: ${rule.title}`,
          body,
          namespace: rule.namespace,
          metricCompartmentId: settings.compartment,
          query: query(rule, lowest),
          severity: lowest.severity,
          pendingDuration: `PT${rule.pending}M`,
          // The first that holds is what the alarm is.
          overrides: [
            ...rule.levels.slice(0, -1).map((level) => ({
              ruleName: level.severity,
              query: query(rule, level),
              severity: level.severity,
              pendingDuration: `PT${rule.pending}M`,
              body,
            })),
            ...(rule.quiet === undefined
              ? [
                  {
                    ruleName: 'ABSENT',
                    query: absence(rule),
                    severity: 'ERROR',
                    pendingDuration: 'PT10M',
                    body: `Nobody says any more whether this is so. See docs/watching.md#alarms-pipes`,
                  },
                ]
              : []),
          ],
          destinations: [this.topicId],
          isEnabled: true,
          isNotificationsPerMetricDimensionEnabled: true,
          messageFormat: 'ONS_OPTIMIZED',
          repeatNotificationDuration: 'PT4H',
        },
        child,
      )
    }
    this.registerOutputs({ topicId: this.topicId })
  }
}
