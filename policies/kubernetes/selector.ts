import type { types } from '@pulumi/kubernetes'
import type { Unwrap } from '@pulumi/pulumi'

export type Labels = Record<string, string>
export type Selector = Unwrap<types.input.meta.v1.LabelSelector>

/** Labels that controllers add to pods, with values that nobody declares. */
const ADDED = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-generation',
  'pod-template-hash',
  'spilo-role',
  'statefulset.kubernetes.io/pod-name',
])

/** Whether a selector takes pods with these labels, whatever controllers add to them. An empty one takes all. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => ADDED.has(key) || labels[key] === value) &&
    matchExpressions.every((expression) => ADDED.has(expression.key) || meets(expression, labels))
  )
}

function meets({ key, operator, values = [] }: NonNullable<Selector['matchExpressions']>[number], labels: Labels) {
  const value = labels[key]
  const among = value !== undefined && values.includes(value)
  if (operator === 'In') return among
  if (operator === 'NotIn') return !among
  return (value !== undefined) === (operator === 'Exists')
}

/** Whether a selector takes all pods of a namespace. */
export function selectsAll({ matchLabels = {}, matchExpressions = [] }: Selector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
}
