import { logging } from '@pulumi/oci'
import { type About, type Declared, type Kind, type Rule, type Stack, stackRule } from '../rule/index.ts'

/**
 * A rule that a service logs what it does with each of its resources.
 *
 * @param categories of the service's logs, such as `write`
 * @param isExempt whether a resource needs no log
 */
export function loggedRule<K extends Kind>(
  about: Pick<About, 'name' | 'description' | 'serves'>,
  kind: K,
  service: string,
  categories: string[],
  isExempt: (stack: Stack, declared: Declared<K>) => boolean = () => false,
): Rule {
  return stackRule({ ...about, severity: 'medium', level: 'mandatory' }, kind, (stack, tell, { each }) =>
    each(kind, (declared) => {
      for (const category of categories)
        if (!isLogged(stack, declared, kind, service, category) && !isExempt(stack, declared))
          tell(declared, {
            lacks: `log of category "${category}"`,
            write: `an enabled logging.Log with service "${service}", category "${category}" and it as resource`,
          })
    }),
  )
}

function isLogged<K extends Kind>(
  stack: Stack,
  { urn, props }: Declared<K>,
  kind: K,
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
