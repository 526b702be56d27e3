import { helm } from '@pulumi/kubernetes'
import { type About, type Rule, resourceRule, type Tell } from '../rule/index.ts'

/** A part of a chart's values: a map somewhere in them, with its path. */
export interface Values {
  at: string
  map: Record<string, unknown>
}

/** All maps in a chart's values, from the outermost on. */
export function mapsIn(value: unknown, at: string): Values[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((inner, index) => mapsIn(inner, `${at}[${index}]`))
  const map = value as Record<string, unknown>
  return [{ at, map }, ...Object.entries(map).flatMap(([key, inner]) => mapsIn(inner, `${at}.${key}`))]
}

/**
 * A rule about what a program gives to charts: what they make of it does not show, so it goes by the names that charts
 * use. It is asked once for all maps of a release's values.
 */
export function valuesRule(about: About, check: (maps: Values[], tell: Tell) => void): Rule {
  return resourceRule(about, helm.v3.Release, ({ values }, tell) => check(mapsIn(values, 'values'), tell))
}
