import { core } from '@pulumi/kubernetes'
import type { monitoring } from '@pulumi/oci'
import { UnknownValueError } from '@pulumi/policy'
import { parse } from 'yaml'
import type { Declared, PropsOf, Stack } from '../rule/index.ts'

/** The metric that a query of an alarm looks at, as Oracle's MQL begins; undefined where it begins otherwise. */
export function metricOf(query: string): string | undefined {
  return /^\s*([A-Za-z][\w.$-]*)\s*\[/.exec(query)?.[1]
}

/** The queries of an alarm, each with its path: its own, and those of its overrides. */
export function queriesOf({ query, overrides = [] }: PropsOf<typeof monitoring.Alarm>): [at: string, query: string][] {
  return [
    ['query', query],
    ...overrides.flatMap((override, index): [string, string][] =>
      override.query === undefined ? [] : [[`overrides[${index}].query`, override.query]],
    ),
  ]
}

type ConfigMap = Declared<typeof core.v1.ConfigMap>

/** What the agent pushes to Oracle's Monitoring. */
export interface Pushed {
  from: ConfigMap
  namespace: string
  metrics: string[]
}

/** Whatever files of properties for Oracle's agent say that it pushes. */
export function pushedMetrics(stack: Stack): Pushed[] {
  return filesOf(stack, (name) => name.endsWith('.properties')).flatMap(([from, text]) => {
    const { namespace, allowMetrics = '' } = propertiesIn(text)
    return namespace === undefined ? [] : [{ from, namespace, metrics: allowMetrics.split(',').filter(Boolean) }]
  })
}

/** A metric that Prometheus computes from others. */
export interface Recorded {
  from: ConfigMap
  record: string
  expr: string
}

/** What files of rules say that Prometheus records. */
export function recordedMetrics(stack: Stack): Recorded[] {
  return filesOf(stack, (name) => name === 'rules.yml').flatMap(([from, text]) => {
    const { groups = [] } = parse(text) as { groups?: { rules?: { record?: string; expr: string }[] }[] }
    return groups.flatMap(({ rules = [] }) =>
      rules.flatMap(({ record, expr }) => (record === undefined ? [] : [{ from, record, expr }])),
    )
  })
}

/** @throws UnknownValueError if nothing is found, and what is not known yet may be what is wanted. */
function filesOf(stack: Stack, wanted: (name: string) => boolean): [ConfigMap, string][] {
  const unknown: UnknownValueError[] = []
  const found = stack.of(core.v1.ConfigMap).flatMap((from) => {
    try {
      const { data = {} } = from.props
      return Object.keys(data)
        .filter(wanted)
        .map((name): [ConfigMap, string] => [from, data[name] ?? ''])
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error
      unknown.push(error)
      return []
    }
  })
  if (found.length === 0 && unknown[0]) throw unknown[0]
  return found
}

function propertiesIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('=') && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]),
  )
}
