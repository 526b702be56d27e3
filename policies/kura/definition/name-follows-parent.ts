import { everyResourceRule } from '../../rule/index.ts'

export default everyResourceRule(
  {
    name: 'name-follows-parent',
    description: "The name of every resource starts with its parent's; at the top, with the project's.",
    severity: 'low',
    level: 'mandatory',
    serves: ['Kura names'],
  },
  ({ name, urn, opts }, tell) => {
    // The stack has no parent, and neither have providers that the engine makes by itself.
    if (!opts.parent) return
    const [, , type, parent] = opts.parent.split('::')
    const [, project] = urn.split('::')
    const start = type === 'pulumi:pulumi:Stack' ? `${project}-` : `${parent}-`
    if (!name.startsWith(start)) tell({ at: 'name', is: name, write: `one that starts with "${start}"` })
  },
)
