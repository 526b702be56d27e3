import { logging } from '@pulumi/oci'
import { type About, type Kind, type Rule, type Stack, stackRule } from '../rule/index.ts'

/**
 * A rule that a service logs what it says of each of its resources.
 *
 * @param categories of the service's logs, such as `write`
 */
export function loggedRule(
  about: Pick<About, 'name' | 'description' | 'serves'>,
  kind: Kind,
  service: string,
  categories: string[],
  exempt: (stack: Stack, declared: ReturnType<Stack['of']>[number]) => boolean = () => false,
): Rule {
  return stackRule({ ...about, severity: 'medium', level: 'mandatory' }, kind, (stack, tell, { each }) =>
    each(kind, (declared) => {
      for (const category of categories)
        if (!isLogged(stack, declared, kind, service, category) && !exempt(stack, declared))
          tell(declared, {
            lacks: `log of category "${category}"`,
            write: `an enabled logging.Log with service "${service}", category "${category}" and it as resource`,
          })
    }),
  )
}

function isLogged(
  stack: Stack,
  { urn, props }: ReturnType<Stack['of']>[number],
  kind: Kind,
  service: string,
  category: string,
): boolean {
  return stack.of(logging.Log).some((log) => {
    const { configuration, isEnabled = true } = log.props
    const source = configuration?.source
    if (!isEnabled || source?.service !== service || source.category !== category) return false
    const linked = stack.linked(log, 'configuration', kind)
    if (linked.length > 0) return linked.some((to) => to.urn === urn)
    // Logs know buckets by their names, which are known.
    const { name } = props as { name?: string }
    return name !== undefined && source.resource === name
  })
}
