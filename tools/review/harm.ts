import type { CapturedResource } from '../evaluate/index.ts'
import type { Acceptance, AcceptedChanges } from './accepted.ts'
import type { Change } from './change.ts'
import { preciousness } from './immutable.ts'
import { valueAt } from './path.ts'

/** What a change does to something that holds data, its keys or the way to it. */
export interface Harm {
  name: string
  type: string
  urn: string
  change: HarmKind
  /** Whether it is sure, as far as a declaration can tell. */
  certain: boolean
  /** Why, and what else there is to say of it: clauses. */
  because: string[]
  /** That it is meant, as `policies/changes.json` says; also where that has ended. */
  acceptance?: Acceptance
}

export const HARMS = ['replace', 'remove', 'unprotect'] as const
export type HarmKind = (typeof HARMS)[number]

/** The harm in changes, each with its acceptance if there is one. */
export function findHarm(changes: Change[], accepted: AcceptedChanges): Harm[] {
  const moved = new Set(changes.filter(({ kind }) => kind === 'added').map(({ type, name }) => `${type} ${name}`))
  return changes.flatMap((change) => {
    const { name, type, urn, before, after, replacement } = change
    if (!before) return []
    const harm = (kind: HarmKind, because: string[], certain = true): Harm => {
      const acceptance = accepted.of({ name, urn }, kind)
      return { name, type, urn, change: kind, certain, because, ...(acceptance ? { acceptance } : {}) }
    }
    const guard = before.protect ? ['it is protected, so Pulumi stops there'] : []
    if (!after) {
      if (!before.protect && (before.retainOnDelete || !holds(before))) return []
      const elsewhere = moved.has(`${type} ${name}`)
        ? ['one of the same name is added elsewhere, and lacks an alias']
        : []
      return [harm('remove', [...elsewhere, ...guard])]
    }
    const precious = before.protect || before.retainOnDelete || preciousness(type) !== undefined
    return [
      ...(replacement && precious ? [harm('replace', [...replacement.because, ...guard], replacement.certain)] : []),
      ...(before.protect && !after.protect ? [harm('unprotect', ['protect is no longer set'])] : []),
      ...(before.retainOnDelete && !after.retainOnDelete
        ? [harm('unprotect', ['retainOnDelete is no longer set'])]
        : []),
    ]
  })
}

/** Whether something is lost with a resource: the data or the keys in it. */
function holds({ type, inputs }: CapturedResource): boolean {
  // A claim that names its volume holds nothing of its own.
  if (type === 'kubernetes:core/v1:PersistentVolumeClaim') return valueAt(inputs, ['spec', 'volumeName']) === undefined
  return ['data', 'keys'].includes(preciousness(type) ?? '')
}
