import { helm } from '@pulumi/kubernetes'
import { type About, type Rule, resourceRule, type Tell } from '../rule/index.ts'

/** A part of a chart's values: a map somewhere in them, with its path. */
export interface Values {
  at: string
  map: Record<string, unknown>
}

/** All maps in a chart's values, from the outermost on. Nothing else is read of them: it may not be known yet. */
export function mapsIn(value: object | undefined, at: string): Values[] {
  if (value === undefined) return []
  const inner = Object.keys(value).flatMap((key) => {
    const held = Reflect.getOwnPropertyDescriptor(value, key)?.value
    if (typeof held !== 'object' || held === null) return []
    return mapsIn(value[key as keyof typeof value], Array.isArray(value) ? `${at}[${key}]` : `${at}.${key}`)
  })
  return Array.isArray(value) ? inner : [{ at, map: value as Values['map'] }, ...inner]
}

/**
 * A rule about what a program gives to charts: what they make of it does not show, so it goes by the names that charts
 * use. It is asked once for all maps of a release's values.
 */
export function valuesRule(about: About, check: (maps: Values[], tell: Tell) => void): Rule {
  return resourceRule(about, helm.v3.Release, ({ values }, tell) => check(mapsIn(values, 'values'), tell))
}
