import type { Acceptance, AcceptedChanges } from './accepted.ts'
import type { Change } from './change.ts'
import { destruction } from './destroying.ts'
import { mayGo, preciousness } from './immutable.ts'

/** What a change does to something that holds data, its keys or the way to it. */
export interface Harm {
  name: string
  type: string
  /** Of now; of what is removed, the one that it had. */
  urn: string
  change: HarmKind
  /** Whether it is sure, as far as a declaration can tell. */
  certain: boolean
  /** Why, and what else there is to say of it: clauses. */
  because: string[]
  /** That it is meant, as `policies/changes.json` says; also where that has ended. */
  acceptance?: Acceptance
}

/** `destroy` is a value that loses data in place. */
export const HARMS = ['replace', 'remove', 'unprotect', 'destroy'] as const
export type HarmKind = (typeof HARMS)[number]

/** What is to be said of a removed object that is an added one too. */
export function oneObject({ before }: Change): string {
  const deleted = before?.retainOnDelete ? '' : ', which is deleted'
  return `added and removed are one object in the cluster${deleted}: give it an alias`
}

/** The harm in changes, each with its acceptance if there is one. */
export function findHarm(changes: Change[], accepted: AcceptedChanges): Harm[] {
  const added = new Set(changes.filter(({ kind }) => kind === 'added').map(({ type, name }) => `${type} ${name}`))
  const removed = new Map(changes.filter(({ kind }) => kind === 'removed').map((change) => [change.urn, change]))
  return changes.flatMap((change) => {
    const { name, type, urn, before, after, replacement } = change
    if (!before) return []
    const harm = (kind: HarmKind, because: string[], certain = true): Harm => {
      const acceptance = accepted.of(urn, kind)
      return { name, type, urn, change: kind, certain, because, ...(acceptance ? { acceptance } : {}) }
    }
    const guard = before.protect ? ['it is protected, so Pulumi stops there'] : []
    if (!after) {
      if (!before.protect && (before.retainOnDelete || goesUnharmed(change, removed))) return []
      const elsewhere = added.has(`${type} ${name}`)
        ? ['one of the same name is added elsewhere, and lacks an alias']
        : []
      return [harm('remove', [...(change.twin ? [oneObject(change)] : elsewhere), ...guard])]
    }
    const precious = before.protect || before.retainOnDelete || preciousness(type) !== undefined
    const destroyed = destruction(change)
    return [
      ...(replacement && precious ? [harm('replace', [...replacement.because, ...guard], replacement.certain)] : []),
      ...(before.protect && !after.protect ? [harm('unprotect', ['protect is no longer set'])] : []),
      ...(before.retainOnDelete && !after.retainOnDelete
        ? [harm('unprotect', ['retainOnDelete is no longer set'])]
        : []),
      ...(destroyed.length > 0 ? [harm('destroy', destroyed)] : []),
    ]
  })
}

/** Whether nothing is lost with a resource that is removed, and no way to something that stays. */
function goesUnharmed({ type, twin, goesWith, before }: Change, removed: Map<string, Change>): boolean {
  const precious = preciousness(type)
  if (precious === undefined) return true
  if (twin !== undefined || precious !== 'way') return false
  if (goesWith !== undefined || mayGo(type)) return true
  // An export is the way to a file system, and needless without it: that one is judged by itself.
  return (before?.propertyDependencies.fileSystemId ?? []).some((urn) => removed.has(urn))
}
