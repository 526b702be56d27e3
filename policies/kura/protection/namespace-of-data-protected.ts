import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'namespace-of-data-protected',
    description: 'A namespace with something protected in it is protected: deleting it deletes all that is in it.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura protected'],
  },
  core.v1.Namespace,
  (stack, tell) => {
    const holding = new Map(
      stack.resources
        .filter(({ type, opts }) => type.startsWith('kubernetes:') && opts.protect)
        .flatMap(({ name, props }) => (props.metadata?.namespace ? [[props.metadata.namespace as string, name]] : [])),
    )
    for (const namespace of stack.of(core.v1.Namespace)) {
      const held = holding.get(namespace.props.metadata?.name ?? '')
      if (held && !namespace.resource.opts.protect)
        tell(namespace, { at: 'options.protect', is: false, write: `true, because ${held} is in it` })
    }
  },
)
