import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'name-given-once',
    description: 'No two resources share a name: in the definition, as objects of a kind, or as shown by Oracle.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura names'],
  },
  [],
  ({ resources }, tell) => {
    const names = resources.flatMap((resource) => {
      const { type, name } = resource
      const { metadata, displayName } = resource.props as {
        metadata?: { name?: string; namespace?: string }
        displayName?: string
      }
      const object = metadata && `${metadata.namespace ?? ''}/${metadata.name}`
      return [
        { resource, at: 'name', name, among: 'resources' },
        ...(object ? [{ resource, at: 'metadata.name', name: object, among: type }] : []),
        ...(displayName ? [{ resource, at: 'displayName', name: displayName, among: type }] : []),
      ]
    })
    for (const [first, ...others] of Map.groupBy(names, ({ name, among }) => `${among} ${name}`).values())
      for (const { resource, at, name } of others)
        tell(resource, { at, holds: `${name}, the name of ${first?.resource.name} too`, write: 'another' })
  },
)
