import type { estypes } from '@elastic/elasticsearch'
import { NEW_KANJI } from '../fold.ts'

/**
 * How the server reads a text that it gets as it is written: by the dictionary of kuromoji and the rules of English, each
 * in a form of its own. All that is named here is Elasticsearch's own, or of its plugins analysis-kuromoji and
 * analysis-icu (`images/elasticsearch`).
 */

/** Words that say nothing by themselves: particles, signs, and what verbs are continued by. */
const WITHOUT_MEANING = [
  ...['接続詞', '助動詞', 'フィラー', '非言語音', 'その他-間投', '動詞-接尾', '動詞-非自立'],
  ...['', '-格助詞', '-格助詞-一般', '-格助詞-引用', '-格助詞-連語', '-接続助詞', '-係助詞', '-副助詞'].map(
    (kind) => `助詞${kind}`,
  ),
  ...['-間投助詞', '-並立助詞', '-終助詞', '-副助詞／並立助詞／終助詞', '-連体化', '-副詞化', '-特殊'].map(
    (kind) => `助詞${kind}`,
  ),
  ...['', '-一般', '-読点', '-句点', '-空白', '-括弧開', '-括弧閉'].map((kind) => `記号${kind}`),
]

/** Words in a row that may be typed as one by how they are read. */
const READ_TOGETHER = 4

/** Width, case and variation selectors first, then kanji: in the order in which the table is written. */
const charFilter = ['form', 'kanji']

export const analysis: estypes.IndicesIndexSettingsAnalysis = {
  char_filter: {
    form: { type: 'icu_normalizer', name: 'nfkc_cf' },
    kanji: { type: 'mapping', mappings: [...NEW_KANJI].map(([old, present]) => `${old} => ${present}`) },
  },
  tokenizer: {
    // Numbers are put together across their commas, so signs are taken out behind that.
    words: {
      type: 'kuromoji_tokenizer',
      mode: 'search',
      discard_punctuation: false,
      discard_compound_token: true,
    },
    readings: { type: 'kuromoji_tokenizer', mode: 'search', discard_compound_token: true },
    latin: { type: 'pattern', pattern: String.raw`[\p{IsLatin}\p{M}][\p{IsLatin}\p{M}'’]{0,99}`, group: 0 },
  },
  filter: {
    meaning: { type: 'kuromoji_part_of_speech', stoptags: WITHOUT_MEANING },
    possessive: { type: 'stemmer', language: 'possessive_english' },
    stem: { type: 'stemmer', language: 'english' },
    together: {
      type: 'shingle',
      min_shingle_size: 2,
      max_shingle_size: READ_TOGETHER,
      token_separator: '',
      filler_token: '',
    },
  },
  analyzer: {
    // Forms of a word as the dictionary has it: 走った is 走る; サーバー is サーバ; 三十 is 30.
    dictionary: {
      type: 'custom',
      char_filter: charFilter,
      tokenizer: 'words',
      filter: ['kuromoji_baseform', 'kuromoji_number', 'meaning', 'ja_stop', 'kuromoji_stemmer'],
    },
    // How words are read, in katakana, and several in a row as one: 弘法大師 is コウボウ, ダイシ, コウボウダイシ.
    reading: {
      type: 'custom',
      char_filter: charFilter,
      tokenizer: 'readings',
      filter: ['kuromoji_readingform', 'together'],
    },
    // Stems of words in Latin letters: studies is studi, as study is.
    stem: {
      type: 'custom',
      char_filter: charFilter,
      tokenizer: 'latin',
      filter: ['possessive', 'asciifolding', 'stem'],
    },
  },
}

/** A text as it is written, in the forms in which it is looked for. */
export const written = {
  type: 'text',
  analyzer: 'dictionary',
  fields: { stem: { type: 'text', analyzer: 'stem' } },
} satisfies estypes.MappingProperty

/** One that is found by how it is read, too: a name or a title, of which few words are typed. */
export const read = {
  ...written,
  fields: {
    ...written.fields,
    reading: { type: 'text', analyzer: 'reading', search_analyzer: 'keyword', norms: false },
  },
} satisfies estypes.MappingProperty
