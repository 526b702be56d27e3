import { events, ons } from '@pulumi/oci'
import type { Control } from '../frameworks/index.ts'
import type { Declared, Stack, Violation } from '../rule/index.ts'
import { ROOT } from './tenancy.ts'

/** A kind of change that somebody should be told of. */
export interface Subject {
  /** As a message names it: `changes of groups`. */
  of: string
  control: Control
  /** Types of events, without the part that all share. */
  types: string[]
}

/** What all types of Oracle's events begin with. */
const PREFIX = 'com.oraclecloud.'

/**
 * What nobody is told of: no rule that is switched on sends it to a topic, or nobody has subscribed to that topic.
 *
 * @param where `root` where the events happen in the root compartment, so that a rule elsewhere does not see them
 */
export function untold(stack: Stack, subjects: Subject[], where: 'root' | 'anywhere'): Violation[] {
  const wanted = subjects.flatMap(({ types }) => types.map((type) => PREFIX + type))
  const rules = stack.of(events.Rule).map((rule) => ({ rule, patterns: typesOf(rule.props) }))
  const unreadable = rules
    .filter(({ patterns }) => patterns === undefined)
    .map(({ rule }) => ({
      at: `the condition of ${rule.name}`,
      holds: 'text that is no object of JSON',
      write: '{"eventType": […], "data": {}}',
    }))
  const patterns = rules
    // Types first: much may not be known yet of rules that look for something else.
    .filter(({ patterns = [] }) => wanted.some((type) => patterns.some((one) => fits(type, one))))
    .filter(({ rule }) => isTold(stack, rule) && (where === 'anywhere' || rule.props.compartmentId.startsWith(ROOT)))
    .flatMap(({ patterns = [] }) => patterns)
  const missed = subjects.flatMap(({ of, control, types }) => {
    const missing = types.map((type) => PREFIX + type).filter((type) => !patterns.some((one) => fits(type, one)))
    const place = where === 'root' ? ' in the root compartment' : ''
    const write = `an enabled events.Rule${place} with ${missing.join(', ')}, and an action to a topic that has a subscription`
    return missing.length > 0 ? [{ lacks: `notification of ${of} (${control})`, write }] : []
  })
  return [...unreadable, ...missed]
}

/** Whether somebody subscribes to a topic. */
export function isSubscribed(stack: Stack, { urn }: { urn: string }): boolean {
  return stack
    .of(ons.Subscription)
    .some((subscription) => stack.linked(subscription, 'topicId', ons.NotificationTopic).some((to) => to.urn === urn))
}

/** Whether what a rule finds reaches somebody. Who subscribes to a topic of another stack is that stack's business. */
function isTold(stack: Stack, rule: Declared<typeof events.Rule>): boolean {
  const { isEnabled, actions } = rule.props
  // The list has two names, of which the SDK calls one deprecated.
  const sends = [...(actions.action ?? []), ...(actions.actions ?? [])].some(
    ({ actionType, isEnabled }) => actionType.toUpperCase() === 'ONS' && isEnabled,
  )
  const topics = stack.linked(rule, 'actions', ons.NotificationTopic)
  return isEnabled && sends && (topics.length === 0 || topics.some((topic) => isSubscribed(stack, topic)))
}

/**
 * Types of events that a rule looks for, as patterns; undefined where its condition cannot be read. One that looks at
 * what is in an event as well tells of some only.
 */
function typesOf({ conditionDetails, condition }: Declared<typeof events.Rule>['props']): string[] | undefined {
  const read = parsed(condition || conditionDetails?.data || '{}')
  if (!read) return undefined
  const { eventType, data } = condition ? read : { eventType: conditionDetails?.eventTypes, data: read }
  return Object.keys(data ?? {}).length > 0 ? [] : [eventType ?? []].flat()
}

function parsed(text: string): { eventType?: string | string[]; data?: object } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether a type of events is one that a rule names; a star stands for any text. */
function fits(type: string, pattern: string): boolean {
  const literal = pattern.split('*').map((part) => part.replaceAll(/[^\w]/g, String.raw`\$&`))
  return new RegExp(`^${literal.join('.*')}$`, 'i').test(type)
}
