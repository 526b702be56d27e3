import type { Login } from '../../config.ts'
import type { SearchIndex, SearchService } from '../port.ts'
import { findAlike } from './alike.ts'
import { type Ask, connect, type Service } from './connection.ts'
import {
  beginAnew,
  begun,
  behind,
  ensureIndex,
  isOutdated,
  removeIndexes,
  searched,
  takePlace,
  written,
} from './indexes.ts'
import { findInitials, findNames } from './names.ts'
import type { KnownNames } from './note-names.ts'
import { search } from './page.ts'
import { put } from './put.ts'
import { suggest } from './suggest.ts'
import { endFormerUser, ensureUser, removeUsers, userName } from './users.ts'

/** Milliseconds in which what was written becomes searchable. */
const PATIENCE = { requestTimeout: 60_000 }

/**
 * Search indexes in Elasticsearch, one of each institution, reached as a user who may do no more. `user` makes them, and
 * the institutions' users.
 */
export function elasticsearchSearch(
  service: Service & { user: string },
  { passwordFile, login }: { passwordFile: string; login: Login },
): SearchService {
  const enter = connect(service)
  const maker = enter({ user: service.user, passwordFile })
  return {
    open({ id, db, passwordFile }) {
      const ask = enter({ user: userName(id, login), passwordFile })
      const index = searched(id)
      return {
        async put(documents, read) {
          if (documents.length === 0) return
          // Asked each time: while an index is made anew, nothing may be written to the other alone.
          for (const target of await behind(ask, written(id))) await putInto(ask, target, documents, read)
        },
        search: (query) => search(ask, index, query),
        names: (query) => findNames(ask, index, query),
        initials: (query) => findInitials(ask, index, query),
        alike: (query) => findAlike(ask, index, db, query),
        suggest: (query) => suggest(ask, index, query),
        async lookAfter(now) {
          await endFormerUser(maker, id, login, now)
          // By whoever may make users: the institution's own may be lost with the index.
          return { outdated: await isOutdated(maker, index) }
        },
        async rebuild(goOn) {
          // A server that has lost everything has lost them, too.
          await ensureUser(maker, id, login, passwordFile)
          const anew = (goOn ? await begun(maker, id) : undefined) ?? (await beginAnew(maker, id))
          const known: KnownNames = new Map()
          return {
            put: (documents, read) => put(ask, anew, documents, read, known),
            takePlace: (items) => takePlace(maker, id, anew, items),
          }
        },
      }
    },
    async provision({ id, passwordFile }, whenNew) {
      await ensureUser(maker, id, login, passwordFile)
      await ensureIndex(maker, id, whenNew)
    },
    async remove(id) {
      await removeUsers(maker, id)
      await removeIndexes(maker, id)
    },
  }
}

/** Writes documents and is done when they are found. */
async function putInto(ask: Ask, index: string, ...[documents, read]: Parameters<SearchIndex['put']>): Promise<void> {
  await put(ask, index, documents, read)
  await ask((client) => client.indices.refresh({ index }, PATIENCE))
}
