import type { Actor, Scope } from '../accounts/index.ts'
import type { ItemStatus, ScanState } from '../platform/database/index.ts'
import type { FileAccess } from './dissemination.ts'

/**
 * The one question of permission: may this actor do this to that? Every route and every query asks it here.
 * Whether a subject that may not be read exists is not said either.
 */
export function may(actor: Actor, action: 'import' | 'write' | 'transfer' | 'configure'): boolean
export function may(actor: Actor, action: 'read', subject: ItemSubject | CollectionSubject): boolean
export function may(actor: Actor, action: 'download', file: FileSubject): boolean
export function may(actor: Actor, action: Action, subject?: ItemSubject | CollectionSubject | FileSubject): boolean {
  switch (action) {
    case 'import':
      return holds(actor, 'import')
    case 'write':
      return holds(actor, 'items:write')
    case 'transfer':
      return holds(actor, 'transfer')
    case 'configure':
      return holds(actor, 'settings:write')
    case 'read':
      return mayRead(actor, subject as ItemSubject | CollectionSubject)
    case 'download':
      return mayDownload(actor, subject as FileSubject)
  }
}

type Action = 'import' | 'read' | 'write' | 'transfer' | 'configure' | 'download'

interface ItemSubject {
  status: ItemStatus
}

interface CollectionSubject {
  /** Whether it and all above it are public. */
  shown: boolean
}

interface FileSubject extends ItemSubject {
  access: FileAccess
  /** Day (YYYY-MM-DD) before which an embargo holds. */
  until: string | null
  /** Today's day where the institution is. */
  today: string
  /** What a scan for viruses says of what is in it; null where nothing is known yet. */
  scan: ScanState | null
}

/** What a scan must say of bytes that may leave, to whoever may have them. */
export const PASSED: readonly ScanState[] = ['unseen', 'clean', 'released']
export const isPassed = (scan: ScanState | null): boolean => scan !== null && PASSED.includes(scan)

/** The same answer as `may(actor, 'read', …)` for a query: items of these statuses, in SQL and in the search index. */
export function readableStatuses(actor: Actor): ItemStatus[] {
  return holds(actor, 'items:write') ? ['public', 'scheduled'] : ['public']
}

/** The same for collections: those whose `shown` is one of these. */
export function readableCollections(actor: Actor): boolean[] {
  return holds(actor, 'items:write') ? [true, false] : [true]
}

function mayRead(actor: Actor, subject: ItemSubject | CollectionSubject): boolean {
  return 'status' in subject
    ? readableStatuses(actor).includes(subject.status)
    : readableCollections(actor).includes(subject.shown)
}

function mayDownload(actor: Actor, { status, access, until, today, scan }: FileSubject): boolean {
  if (!readableStatuses(actor).includes(status) || (access !== 'link' && !isPassed(scan))) return false
  if (holds(actor, 'items:write')) return access !== 'link'
  switch (access) {
    case 'open':
      // Stored state decides, and the clock too: bytes never leave before their day.
      return until === null || until <= today
    case 'signed-in':
      return holds(actor, 'files:read')
    default:
      return false
  }
}

const holds = (actor: Actor, scope: Scope) => actor.kind === 'token' && actor.scopes.has(scope)
