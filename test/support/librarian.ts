import { type Depositor, depositor, jsonOf, minimal } from './depositor.ts'
import type { Institutions } from './institutions.ts'

/** A collection as the API gives it. */
export interface CollectionJson {
  id: number
  parent: number | null
  name: { ja: string }
  items: number
  collections: number
  position?: number
  public?: boolean
  above: { id: number }[]
  headings: { id: number; name: { ja: string } }[]
}

/** Someone who keeps an institution's collections, over HTTP, beside a reader without a token. */
export interface Librarian extends Depositor {
  /** Makes a collection; its id. */
  make(name: string, more?: object): Promise<number>
  change(collection: number, patch: object): Promise<Response>
  /** Puts an item into these collections and no others: ids, or with a heading. */
  put(item: number, ...collections: unknown[]): Promise<Response>
  /** Imports an item whose source is its title; its number. */
  item(source: string, more?: object): Promise<number>
  /** What the API answers a reader. */
  read<T = CollectionJson>(path: string): Promise<T>
}

export async function librarian(kura: Institutions, id: string): Promise<Librarian> {
  const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  return {
    ...staff,
    async make(name, more = {}) {
      const body = { name: { ja: name }, ...more }
      return (await jsonOf<CollectionJson>(staff.api('/collections', 'POST', body))).id
    },
    change: (collection, patch) => staff.api(`/collections/${collection}`, 'PATCH', patch),
    put: (item, ...collections) => staff.api(`/items/${item}/collections`, 'PUT', { collections }),
    async item(source, more = {}) {
      const [outcome] = await staff.lines({ source, record: minimal(source), ...more })
      return outcome?.item?.number as number
    },
    read: async (path) => await jsonOf(kura.request(id, `/api/v1${path}`)),
  }
}
