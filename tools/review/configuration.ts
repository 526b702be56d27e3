import type { Configuration, Level, PackConfig, PolicyInfo } from '../packs/index.ts'
import { compareProperties } from './property.ts'

/** A rule that judges otherwise than at the base, because somebody configured it so or took it away. */
export interface RuleChange {
  pack: string
  rule: string
  kind: 'gone' | 'lowered' | 'raised' | 'setting' | 'excepted' | 'exception'
  /** Whether it may let pass what did not pass at the base. */
  loud: boolean
  sentence: string
}

const LEVELS: Level[] = ['disabled', 'advisory', 'mandatory']

/**
 * What differs between two configurations of the packs, the loud first.
 *
 * @param policies the rules as they describe themselves, by pack; without any, nothing is known of them
 * @param formerly names of the rules that the base had, by pack
 */
export function compareConfigurations(
  before: Configuration,
  after: Configuration,
  policies: Record<string, PolicyInfo[]> = {},
  formerly: Record<string, string[]> = {},
): RuleChange[] {
  const packs = new Set([before, after, formerly].flatMap(Object.keys))
  return [...packs]
    .flatMap((pack) => {
      // A pack that is not among those that started is gone with all its rules.
      const known = policies[pack] ?? (Object.keys(policies).length > 0 ? [] : undefined)
      const [was, is] = [before[pack] ?? {}, after[pack] ?? {}]
      const rules = new Set([...Object.keys(was), ...Object.keys(is), ...(formerly[pack] ?? [])])
      return [...rules].toSorted().flatMap((rule) => {
        const policy = known?.find(({ name }) => name === rule)
        const of = ({ kind, loud, says }: Difference): RuleChange => ({
          ...{ pack, rule, kind, loud },
          sentence: says(`${pack}/${rule}`),
        })
        if (known && !policy) return [of({ kind: 'gone', loud: true, says: (name) => `GONE ${name}: nobody asks it` })]
        return compareRule(configured(was, rule, policy), configured(is, rule, policy)).map(of)
      })
    })
    .toSorted((a, b) => Number(b.loud) - Number(a.loud))
}

interface Configured {
  level: Level
  settings: Record<string, unknown>
  /** Of several for a resource, the one that holds the longest. */
  exceptions: Map<string, { until: string; reason: string }>
}

interface Difference extends Pick<RuleChange, 'kind' | 'loud'> {
  says: (rule: string) => string
}

/** What a pack is told of a rule, with what holds where it is told nothing. */
function configured(config: PackConfig, rule: string, policy: PolicyInfo | undefined): Configured {
  const given = config[rule] ?? {}
  const { enforcementLevel, exceptions, ...settings } = typeof given === 'string' ? { enforcementLevel: given } : given
  const defaults = Object.entries(policy?.settings ?? {}).flatMap(([name, setting]) =>
    name === 'exceptions' || setting.default === undefined ? [] : [[name, setting.default]],
  )
  const lasting = ((exceptions ?? []) as { resource: string; until: string; reason: string }[]).toSorted((a, b) =>
    a.until < b.until ? -1 : 1,
  )
  return {
    level: (enforcementLevel ?? policy?.level ?? 'mandatory') as Level,
    settings: { ...Object.fromEntries(defaults), ...settings },
    exceptions: new Map(lasting.map(({ resource, until, reason }) => [resource, { until, reason }])),
  }
}

function compareRule(before: Configured, after: Configured): Difference[] {
  return [
    ...compareLevels(before.level, after.level),
    ...compareProperties(before.settings, after.settings).map(
      ({ path, before: was = 'not set', after: is = 'not set', lines }): Difference => ({
        kind: 'setting',
        loud: true,
        says: (rule) => `SET OTHERWISE ${rule}: ${path}: ${lines ? lines.join(', ') : `${was} → ${is}`}`,
      }),
    ),
    ...compareExceptions(before.exceptions, after.exceptions),
  ]
}

function compareLevels(before: Level, after: Level): Difference[] {
  if (before === after) return []
  if (LEVELS.indexOf(after) > LEVELS.indexOf(before))
    return [{ kind: 'raised', loud: false, says: (rule) => `${rule}: ${before} → ${after}` }]
  const word = after === 'disabled' ? 'DISABLED' : 'LOWERED'
  return [{ kind: 'lowered', loud: true, says: (rule) => `${word} ${rule}: ${before} → ${after}` }]
}

function compareExceptions(before: Configured['exceptions'], after: Configured['exceptions']): Difference[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((resource): Difference[] => {
    const [was, is] = [before.get(resource), after.get(resource)]
    if (!is) return [quiet((rule) => `${rule} for ${resource}: its exception is gone`)]
    const because = `until ${is.until}: ${is.reason}`
    if (!was) return [excepted((rule) => `EXCEPTED ${rule} for ${resource}, ${because}`)]
    if (was.until < is.until)
      return [excepted((rule) => `EXCEPTED LONGER ${rule} for ${resource}, not until ${was.until} but ${because}`)]
    if (was.until > is.until)
      return [quiet((rule) => `${rule} for ${resource}: its exception ends on ${is.until}, not on ${was.until}`)]
    if (was.reason !== is.reason)
      return [quiet((rule) => `${rule} for ${resource}: its exception has another reason: ${is.reason}`)]
    return []
  })
}

const excepted = (says: Difference['says']): Difference => ({ kind: 'excepted', loud: true, says })
const quiet = (says: Difference['says']): Difference => ({ kind: 'exception', loud: false, says })
