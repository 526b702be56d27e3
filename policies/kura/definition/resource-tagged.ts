import { everyResourceRule } from '../../rule/index.ts'
import { takesTags } from '../taggable.ts'

export default everyResourceRule(
  {
    name: 'resource-tagged',
    description: 'Every Oracle resource that takes tags says its project, environment and component.',
    severity: 'low',
    level: 'mandatory',
    serves: ['Kura tags'],
  },
  ({ type, urn, props }, tell) => {
    if (!takesTags(type)) return
    const [, , stack, , project] = urn.split(':')
    const { freeformTags: tags = {} } = props as { freeformTags?: Record<string, string> }
    const expected = { project, environment: stack }
    for (const [key, value] of Object.entries(expected))
      if (tags[key] !== value) tell({ at: `freeformTags.${key}`, is: tags[key], write: `"${value}"` })
    if (!tags.component)
      tell({ at: 'freeformTags.component', is: tags.component, write: 'the name of its component (this.tags)' })
  },
)
