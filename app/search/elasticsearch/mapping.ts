import type { estypes } from '@elastic/elasticsearch'
import { analysis, read, written } from './dictionary.ts'
import { WORD_SIGN } from './terms.ts'

/** One more with each change of what follows: an index of another version is made again (`indexes.ts`). */
export const VERSION = 2

const keyword = { type: 'keyword' } as const
/** Kept for whoever asks for the document, and looked for by nobody. */
const kept = { type: 'keyword', index: false, doc_values: false } as const
const unitsOf = { type: 'text', analyzer: 'units', search_analyzer: 'whitespace', norms: false } as const
/** Found wherever words may stand, too. */
const field = { ...unitsOf, copy_to: 'words.anywhere' } as const

/** Fields that the application writes units into; all of an item stand in `words.anywhere`. */
export const mappings: estypes.MappingTypeMapping = {
  // While a release rolls out, the one before writes, too: what it alone knows is left aside.
  dynamic: false,
  _meta: { version: VERSION },
  properties: {
    // An item. What has no status is none.
    item: { type: 'integer' },
    revision: { type: 'integer', index: false },
    status: keyword,
    publicationDate: keyword,
    issued: { type: 'integer' },
    titleKey: keyword,
    /** What its titles begin with. */
    beginnings: keyword,
    summary: kept,
    files: kept,
    words: {
      properties: {
        title: field,
        creator: field,
        subject: field,
        publisher: field,
        source: field,
        anywhere: unitsOf,
      },
    },
    /** As it is written: found in other forms, too, and shown. */
    written: {
      properties: {
        title: read,
        creator: read,
        subject: read,
        publisher: written,
        source: written,
        abstract: written,
        other: written,
      },
    },
    facets: {
      properties: {
        type: keyword,
        year: keyword,
        language: keyword,
        access: keyword,
        collection: keyword,
        subject: keyword,
        creator: keyword,
      },
    },
    /** An ORCID and the name that the item gives it to. */
    orcids: keyword,
    texts: {
      type: 'nested',
      properties: {
        file: { type: 'keyword', store: true },
        piece: { type: 'integer' },
        units: unitsOf,
        // Stored by itself: a snippet needs one piece, and not all that the item has.
        text: { ...written, store: true },
      },
    },
    // A name that items have or had.
    name: {
      properties: {
        facet: keyword,
        value: keyword,
        key: keyword,
        written: keyword,
        initial: keyword,
        orcids: kept,
      },
    },
  },
}

/** One shard: no institution has more than it holds, and what is counted in one is exact. */
export const settings: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  // Whoever writes makes it searchable at once (`index.ts`), and what is filled anew is searched by nobody.
  refresh_interval: '-1',
  codec: 'best_compression',
  // Pieces of long texts.
  mapping: { nested_objects: { limit: 10_000 } },
  analysis: {
    ...analysis,
    tokenizer: {
      ...analysis.tokenizer,
      // Looks ahead for a pair, and goes on by one.
      units: {
        type: 'pattern',
        pattern: `(?=(${WORD_SIGN}\\S+|[^\\s${WORD_SIGN}]{1,2}))(?:${WORD_SIGN}\\S+|[^\\s${WORD_SIGN}])`,
        group: 1,
      },
    },
    filter: {
      ...analysis.filter,
      // The first of a pair, in the same place.
      characters: {
        type: 'pattern_capture',
        preserve_original: true,
        patterns: [`^([^${WORD_SIGN}])[^${WORD_SIGN}]`],
      },
    },
    analyzer: {
      ...analysis.analyzer,
      units: { type: 'custom', tokenizer: 'units', filter: ['characters'] },
    },
  },
}
