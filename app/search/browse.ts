import { z } from 'zod'
import type { Actor } from '../accounts/index.ts'
import { readableStatuses } from '../items/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { initialOf, initials, type Listed, listed } from './names.ts'
import type { NamePosition } from './port.ts'

/** Characters that a name can be looked for by: more are as many as the longest key has. */
const LONGEST_PREFIX = 100

/** What part of a list of names is asked for. */
export interface Browsing {
  facet: Listed
  /** What names begin with, as they are written or read; empty for all. */
  prefix: string
  /** The initial at which to begin. */
  from?: string | undefined
  /** The last name of the page before. */
  after?: NamePosition | undefined
}

export interface BrowsedName {
  value: string
  initial: string
  /** Items that the actor may read. */
  items: number
  orcids: string[]
}

/** A page of people or subjects, of items that an actor may read, and the initials under which there are any. */
export async function browse(
  tenant: Tenant,
  actor: Actor,
  { facet, prefix, from, after }: Browsing,
  size: number,
): Promise<{ names: BrowsedName[]; initials: string[]; next?: NamePosition }> {
  const statuses = readableStatuses(actor)
  const [{ names, next }, known] = await Promise.all([
    tenant.search.names({ facet, statuses, prefix: prefix === '' ? undefined : prefix, from, after, size }),
    tenant.search.initials({ facet, statuses }),
  ])
  return {
    names: names.map(({ key, ...name }) => ({ ...name, initial: initialOf(key) })),
    initials: known,
    ...(next && { next }),
  }
}

/** A person or a subject, and how many items of it the actor may read. */
export interface NameAlike {
  facet: Listed
  value: string
  items: number
}

/** The first people and subjects whose names begin as what somebody has typed. */
export async function namesAlike(tenant: Tenant, actor: Actor, typed: string, size: number): Promise<NameAlike[]> {
  const prefix = prefixIn(typed)
  if (prefix === '') return []
  const statuses = readableStatuses(actor)
  const found = await Promise.all(
    listed.map(async (facet) => {
      const { names } = await tenant.search.names({ facet, statuses, prefix, size })
      return names.map(({ value, items }) => ({ facet, value, items }))
    }),
  )
  return found.flat()
}

const Place = z.tuple([z.string().max(200), z.string().max(500)])

/** What an address asks for. What cannot be is left out: a reader may have typed it. */
export function browsingIn(facet: Listed, parameters: URLSearchParams): Browsing {
  return {
    facet,
    prefix: prefixIn(parameters.get('prefix') ?? ''),
    from: initials.find((initial) => initial === parameters.get('from')),
    after: placeIn(parameters.get('after') ?? ''),
  }
}

const prefixIn = (typed: string) =>
  typed
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, LONGEST_PREFIX)
    .toWellFormed()

/** The parameters by which an address asks for it. */
export function browsingParameters({ prefix, from, after }: Omit<Browsing, 'facet'>): URLSearchParams {
  const parameters = new URLSearchParams()
  if (prefix !== '') parameters.set('prefix', prefix)
  if (from !== undefined) parameters.set('from', from)
  if (after) parameters.set('after', Buffer.from(JSON.stringify([after.key, after.value])).toString('base64url'))
  return parameters
}

function placeIn(text: string): NamePosition | undefined {
  if (!/^[\w-]{1,2000}$/.test(text)) return undefined
  try {
    const [key, value] = Place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return [key, value].every((each) => each.isWellFormed() && !each.includes('\0')) ? { key, value } : undefined
  } catch {
    return undefined
  }
}
