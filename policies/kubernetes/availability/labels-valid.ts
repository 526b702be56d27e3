import { everyResourceRule, type Tell } from '../../rule/index.ts'

const WORD = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const HOST = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const LONGEST = { word: 63, host: 253 }

export default everyResourceRule(
  {
    name: 'labels-valid',
    description: 'Kubernetes takes every label as it is written.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score label-values'],
  },
  ({ type, props }, tell) => {
    if (!type.startsWith('kubernetes:')) return
    check('metadata.labels', props.metadata?.labels, tell)
    // Charts and definitions from files have no template.
    const template = props.spec?.template ?? props.spec?.jobTemplate?.spec?.template
    const at = props.spec?.template ? 'spec.template' : 'spec.jobTemplate.spec.template'
    check(`${at}.metadata.labels`, template?.metadata?.labels, tell)
  },
)

function check(at: string, labels: Record<string, unknown> | undefined, tell: Tell): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (!isKey(key)) tell({ at, is: key, write: 'a key such as "app" or "example.org/app"' })
    const text = String(value)
    if (typeof value !== 'string' || text.length > LONGEST.word || !(text === '' || WORD.test(text)))
      tell({
        at: `${at}["${key}"]`,
        is: value,
        write: `at most ${LONGEST.word} letters, digits, "-", "_" and ".", with a letter or digit at both ends`,
      })
  }
}

function isKey(key: string): boolean {
  const [name = '', prefix, more] = key.split('/').reverse()
  return (
    more === undefined &&
    (prefix === undefined || (prefix.length <= LONGEST.host && HOST.test(prefix))) &&
    name.length <= LONGEST.word &&
    WORD.test(name)
  )
}
