import { sql } from 'kysely'
import type { Database } from '../platform/database/index.ts'
import { toTsquery, toTsvector } from './analysis.ts'
import type { SearchIndex } from './port.ts'

/** Found items are counted to here: beyond, the exact number helps nobody and costs a scan. */
const COUNTED = 10_000

/** The search index as a table of the institution's own database. */
export function postgresqlSearch({ db }: { db: Database }): SearchIndex {
  return {
    async put(documents) {
      if (documents.length === 0) return
      await db
        .insertInto('search_document')
        .values(
          documents.map(({ item, revision, status, publicationDate, summary, texts }) => ({
            item,
            revision,
            status,
            publication_date: publicationDate,
            summary: JSON.stringify(summary),
            terms: sql<string>`${toTsvector(texts)}::tsvector`,
          })),
        )
        .onConflict((conflict) =>
          conflict
            .column('item')
            .doUpdateSet(({ ref }) => ({
              revision: ref('excluded.revision'),
              status: ref('excluded.status'),
              publication_date: ref('excluded.publication_date'),
              summary: ref('excluded.summary'),
              terms: ref('excluded.terms'),
            }))
            .whereRef('excluded.revision', '>=', 'search_document.revision'),
        )
        .execute()
    },

    async search({ words, statuses, size, after }) {
      const tsquery = toTsquery(words)
      // Words were typed, but nothing that could be looked for: signs alone find nothing.
      if (tsquery === undefined && words.trim() !== '') return { results: [], total: { value: 0, atLeast: false } }
      let found = db.selectFrom('search_document').where('status', 'in', statuses)
      if (tsquery !== undefined) found = found.where(sql<boolean>`terms @@ ${tsquery}::tsquery`)

      let page = found
        .select(['item', 'publication_date', 'summary'])
        .orderBy('publication_date', 'desc')
        .orderBy('item', 'desc')
        .limit(size + 1)
      if (after)
        page = page.where(
          sql<boolean>`(publication_date, item) < (${after.publicationDate}::date, ${after.item}::integer)`,
        )

      const [rows, counted] = await Promise.all([
        page.execute(),
        db
          .selectFrom(
            found
              .select(sql`1`.as('one'))
              .limit(COUNTED + 1)
              .as('found'),
          )
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow(),
      ])
      const results = rows.slice(0, size)
      const last = results.at(-1)
      return {
        results: results.map(({ summary }) => summary),
        total: { value: Math.min(counted.count, COUNTED), atLeast: counted.count > COUNTED },
        ...(rows.length > size && last && { next: { publicationDate: last.publication_date, item: last.item } }),
      }
    },
  }
}
