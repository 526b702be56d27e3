import { fileUrl, itemUrl } from '../items/index.ts'
import type { Database, Tx } from '../platform/database/index.ts'
import { type Finding, shown } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Incoming } from './incoming.ts'
import { fault, Rejection } from './rejection.ts'

/** Bytes of a normalised address at most: what an index of PostgreSQL takes, whatever it is made of. */
const LONGEST = 2_000
/** What our own addresses begin with, and files that others expect at a site's root. Ours always win. */
export const OWN_SEGMENT =
  /^(|\.well-known|about|accessibility|api|assets|collections|items|oai|people|policies|records|search|subjects|(favicon|feed|logo|opensearch|robots|sitemap)[.-].*)$/

/** Where an item, or the file of a name, was to be found before. */
export interface FormerAddress {
  /** Path and query, normalised. */
  address: string
  file: string | null
}

/**
 * Path and query by which a request for an address is recognised, so that different writings of one address are the
 * same (RFC 3986, section 6.2.2): escapes as they should be, no dots, no slash at the end. The host says nothing: only
 * requests for the institution's own hosts arrive. Nothing for what is no address on the web.
 *
 * @param text absolute address (`https://ir.example.ac.jp/handle/1/2`), or path with query (`/handle/1/2`).
 */
export function normalAddress(text: string): string | undefined {
  if (!/^(https?:\/\/|\/(?!\/))/i.test(text) || !URL.canParse(text, 'http://host.invalid')) return undefined
  const { pathname, search } = new URL(text, 'http://host.invalid')
  return normalEscapes(pathname.replace(/(?<=[^/])\/+$/, '')) + normalEscapes(search)
}

/** Escapes in capitals, and none where programs differ in whether they write one and no server minds. */
const normalEscapes = (text: string) =>
  text.replace(/%[0-9a-f]{2}/gi, (escaped) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
    return /[\w.~!'()*:@,$-]/.test(character) ? character : escaped.toUpperCase()
  })

/**
 * The former addresses that a record gives, in one order for all, so that two imports never wait for each other.
 *
 * @param names of the files that the item will have.
 * @throws Rejection for what can be none, would never be asked for, or leads to a file that is not there.
 */
export function readFormerAddresses(
  given: Incoming['formerAddresses'] = [],
  names: ReadonlySet<string>,
): FormerAddress[] {
  const errors: Finding[] = []
  const read = new Map<string, FormerAddress>()
  for (const [index, entry] of given.entries()) {
    const { address: text, file } = typeof entry === 'string' ? { address: entry, file: null } : entry
    const path = `formerAddresses[${index}]`
    const address = normalAddress(text)
    if (address === undefined)
      errors.push(
        fault('import.address', path, `${shown(text)} is neither an http(s) address nor a path that begins with /`),
      )
    else if (address.length > LONGEST) errors.push(fault('import.address', path, `is longer than ${LONGEST} bytes`))
    else if (isOwn(address))
      errors.push(
        fault('import.address', path, `${shown(address)} is an address of this service's own and leads elsewhere`),
      )
    else if (file !== null && !names.has(file))
      errors.push(fault('import.address', path, `leads to ${shown(file)}, which is no file of this record`))
    else read.set(address, { address, file })
  }
  if (errors.length > 0) throw new Rejection(...errors)
  return [...read.values()].sort((a, b) => (a.address < b.address ? -1 : 1))
}

const isOwn = (address: string) => OWN_SEGMENT.test(/^\/([^/?]*)/.exec(address)?.[1] ?? '')

/** Whether the item has all of the addresses already. */
export async function holdsAddresses(
  db: Pick<Database, 'selectFrom'>,
  item: number,
  addresses: FormerAddress[],
): Promise<boolean> {
  if (addresses.length === 0) return true
  const held = new Map((await rowsOf(db, addresses)).map((row) => [row.address, row]))
  return addresses.every(({ address, file }) => {
    const row = held.get(address)
    return row?.item === item && row.file === file
  })
}

/**
 * Gives former addresses to an item, for good: those that it has already stay, also where they are not named any more.
 *
 * @param holder the item that has an address, where the database does not know of it yet.
 * @throws Rejection if one is another item's.
 */
export async function writeFormerAddresses(
  tx: Tx,
  item: number,
  addresses: FormerAddress[],
  holder: (address: string) => number | undefined,
): Promise<void> {
  if (addresses.length === 0) return
  await tx
    .insertInto('former_address')
    .values(addresses.map((each) => ({ ...each, item })))
    .onConflict((conflict) =>
      conflict
        .column('address')
        .doUpdateSet(({ ref }) => ({ file: ref('excluded.file') }))
        .whereRef('former_address.item', '=', 'excluded.item'),
    )
    .execute()
  const rows = await rowsOf(tx, addresses)
  const taken = rows.flatMap((row) => {
    const other = holder(row.address) ?? row.item
    return other === item ? [] : [fault('import.taken', 'formerAddresses', `${row.address} leads to item ${other}`)]
  })
  if (taken.length > 0) throw new Rejection(...taken)
}

const rowsOf = (db: Pick<Database, 'selectFrom'>, addresses: FormerAddress[]) =>
  db
    .selectFrom('former_address')
    .selectAll()
    .where(
      'address',
      'in',
      addresses.map(({ address }) => address),
    )
    .orderBy('address')
    .execute()

/**
 * Where what was at a former address is now: the file, or its item where it has no such file any more. Nothing if
 * nobody brought the address, or its item has never been public.
 *
 * @param asked path and query of a request, as they came.
 */
export async function findMoved(tenant: Tenant, asked: string): Promise<string | undefined> {
  const address = normalAddress(asked)
  if (address === undefined || address.length > LONGEST || isOwn(address)) return undefined
  const row = await tenant.db
    .selectFrom('former_address')
    // An item that never was public leaves no trace.
    .innerJoin('publication', 'publication.item', 'former_address.item')
    .leftJoin('file', (join) =>
      join
        .onRef('file.item', '=', 'former_address.item')
        .onRef('file.name', '=', 'former_address.file')
        .on('file.current', '=', true)
        .on('file.link', 'is', null),
    )
    .select(['former_address.item', 'file.name'])
    .where('address', '=', address)
    .executeTakeFirst()
  if (!row) return undefined
  return row.name === null ? itemUrl(tenant, row.item) : fileUrl(tenant, row.item, row.name)
}
