import { core } from '@pulumi/oci'
import { type About, isSet, type PropsOf, type Rule, resourceRule, type Tell } from '../rule/index.ts'

type Details = NonNullable<PropsOf<typeof core.InstanceConfiguration>['instanceDetails']>

/** What a rule reads of how an instance is launched. */
type Launch = Pick<
  NonNullable<Details['launchDetails']>,
  'agentConfig' | 'instanceOptions' | 'isPvEncryptionInTransitEnabled' | 'launchOptions' | 'platformConfig' | 'shape'
>

/**
 * A rule about every launch of an instance, by itself or from a configuration: it is asked once for each.
 *
 * `at` makes a property's path from its name.
 */
export function launchRule(
  about: About,
  check: (launch: Launch, tell: Tell, at: (path: string) => string) => void,
): Rule {
  return resourceRule(about, [core.Instance, core.InstanceConfiguration], (props, tell) => {
    for (const [path, launch] of launchesOf(props)) check(launch, tell, (property) => path + property)
  })
}

function launchesOf(
  props: PropsOf<typeof core.Instance> | PropsOf<typeof core.InstanceConfiguration>,
): [path: string, launch: Launch][] {
  // Where an instance comes from a configuration, that is asked.
  if ('availabilityDomain' in props) return isSet(props, 'instanceConfigurationId') ? [] : [['', props]]
  const { launchDetails, options } = props.instanceDetails ?? {}
  const listed = (options ?? []).map(
    ({ launchDetails }, index) => [`instanceDetails.options[${index}].launchDetails.`, launchDetails] as const,
  )
  return ([['instanceDetails.launchDetails.', launchDetails], ...listed] as const).flatMap(([path, launch]) =>
    launch ? [[path, launch]] : [],
  )
}
