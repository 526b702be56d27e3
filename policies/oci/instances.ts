import { core } from '@pulumi/oci'
import { type About, isSet, type PropsOf, type Rule, resourceRule, type Tell } from '../rule/index.ts'

type Instance = PropsOf<typeof core.Instance>
type Configuration = PropsOf<typeof core.InstanceConfiguration>
type Way = Omit<NonNullable<Configuration['instanceDetails']>, 'instanceType' | 'options'>

/** What a rule reads of how an instance is launched. */
type Launch = Pick<
  NonNullable<Way['launchDetails']>,
  | 'agentConfig'
  | 'instanceOptions'
  | 'isPvEncryptionInTransitEnabled'
  | 'launchOptions'
  | 'platformConfig'
  | 'shape'
  | 'sourceDetails'
>

/** What launches instances: one by itself, or a configuration any number of them. */
export const LAUNCHING = [core.Instance, core.InstanceConfiguration]

/**
 * A rule about every launch of an instance, by itself or from a configuration: it is asked once for each.
 *
 * `at` makes a property's path from its name.
 */
export function launchRule(
  about: About,
  check: (launch: Launch, tell: Tell, at: (path: string) => string) => void,
): Rule {
  return resourceRule(about, LAUNCHING, (props, tell) => {
    // Where an instance comes from a configuration, that is asked.
    if (isInstance(props) && isSet(props, 'instanceConfigurationId')) return
    for (const [path, launch] of launchesOf(props)) check(launch, tell, (property) => path + property)
  })
}

/** What an instance or a configuration launches, each with what its properties' paths begin with. */
export function launchesOf(props: Instance | Configuration): [path: string, launch: Launch][] {
  if (isInstance(props)) return [['', props]]
  return waysOf(props).flatMap(([path, { launchDetails }]) =>
    launchDetails ? [[`${path}.launchDetails.`, launchDetails]] : [],
  )
}

/** The ways in which a configuration launches instances, each with its path: its own, and the options that it has. */
export function waysOf({ instanceDetails }: Configuration): [path: string, way: Way][] {
  if (!instanceDetails) return []
  const options = (instanceDetails.options ?? []).map((way, index): [string, Way] => [
    `instanceDetails.options[${index}]`,
    way,
  ])
  return [['instanceDetails', instanceDetails], ...options]
}

function isInstance(props: Instance | Configuration): props is Instance {
  return 'availabilityDomain' in props
}
