import { everyResourceRule } from '../../rule/index.ts'

/** What Helm and a file of others' manifests make bears their marks, not ours. */
const UNMARKABLE = ['kubernetes:helm.sh/v3:Release', 'kubernetes:yaml/v2:ConfigFile']

export default everyResourceRule(
  {
    name: 'object-labelled',
    description: 'Every object of the cluster says its project, environment and component.',
    severity: 'low',
    level: 'mandatory',
    serves: ['Kura tags'],
  },
  ({ type, urn, props }, tell) => {
    if (!type.startsWith('kubernetes:') || UNMARKABLE.includes(type)) return
    const [, , stack, , project] = urn.split(':')
    const { metadata } = props as { metadata?: { labels?: Record<string, string> } }
    const labels = metadata?.labels ?? {}
    const expected = { 'app.kubernetes.io/part-of': project, 'kura/environment': stack }
    for (const [key, value] of Object.entries(expected))
      if (labels[key] !== value) tell({ at: `metadata.labels["${key}"]`, is: labels[key], write: `"${value}"` })
    const component = labels['kura/component']
    if (!component)
      tell({
        at: 'metadata.labels["kura/component"]',
        is: component,
        write: 'the name of its component (this.labels)',
      })
  },
)
