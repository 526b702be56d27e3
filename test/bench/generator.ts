import type { RecordInput } from '../../app/records/model.ts'

/*
 * Records as an institutional repository holds them, made up from a seed: mostly bulletin papers in Japanese, titles in
 * both languages, few authors and now and then hundreds, abstracts from none to pages. Words follow Zipf's law, so that
 * a search finds half of all items or one. Nobody and nothing in them exists.
 */

/** Kanji that academic compounds are made of. */
const KANJI = [
  ...'学研究論文教育社会文化歴史経済政治法律科技術情報医療看護福祉環境生物化物理数統計言語心理哲思想宗美音楽体健康食品農林水産海洋地域都市建築土木機械電気材料力構造分析評価方法理解発達支援実践課題現代日本国際比較中心性質系変動開調査事例意識活用形成過程関係制度公共管経営組織企業市場金融財税貿易労働家族児童高齢者女',
]
const KATAKANA = [...'アイウエオカキクケコサシスセソタチツテトナニネノハヒフホマミムメモラリルレロワ']
const STEMS = (
  'analy develop educat econom cultur histor theor practic structur system model method measur compar region urban ' +
  'environ climat ecolog biolog chem physic mathemat statist linguist psycholog philosoph sociolog polit legal medic ' +
  'nurs health food agricultur forest marin material mechan electr comput network data learn teach communit famil ' +
  'child elder gender labor market financ organiz manag polic evaluat process interact cognit perform'
).split(' ')
const ENDINGS = ['ation', 'al', 'ic', 'ing', 'ment', 'ity', 'ology', 'er', 'ive', 's', 'ed', 'ism']
const FAMILY: [string, string, string][] = [
  ['蒼井', 'アオイ', 'Aoi'],
  ['白峰', 'シラミネ', 'Shiramine'],
  ['朝霧', 'アサギリ', 'Asagiri'],
  ['水無瀬', 'ミナセ', 'Minase'],
  ['月岡', 'ツキオカ', 'Tsukioka'],
  ['風早', 'カザハヤ', 'Kazahaya'],
  ['星川', 'ホシカワ', 'Hoshikawa'],
  ['深山', 'ミヤマ', 'Miyama'],
  ['霧島', 'キリシマ', 'Kirishima'],
  ['桜庭', 'サクラバ', 'Sakuraba'],
]
const GIVEN: [string, string, string][] = [
  ['一葉', 'カズハ', 'Kazuha'],
  ['千尋', 'チヒロ', 'Chihiro'],
  ['真琴', 'マコト', 'Makoto'],
  ['遥', 'ハルカ', 'Haruka'],
  ['瑞希', 'ミズキ', 'Mizuki'],
  ['航', 'ワタル', 'Wataru'],
  ['光', 'ヒカル', 'Hikaru'],
  ['葵', 'アオイ', 'Aoi'],
]

type Random = () => number

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
/** A rank below `count`, each half as likely as the one half as far: Zipf's law with exponent 1. */
const rank = (random: Random, count: number) => Math.floor(count ** random()) - 1
/** Few, and sometimes very many: 1 to `most`, with a long tail. */
const few = (random: Random, mean: number, most: number) =>
  Math.min(most, Math.max(1, Math.round(mean * 0.7 * (1 - random()) ** -0.55)))

/** The word of a rank: the same for every seed, so that queries know what there is. */
function japaneseWord(at: number): string {
  const random = seeded(at * 7_919 + 1)
  if (at % 9 === 8) return Array.from({ length: 3 + (at % 4) }, () => pick(random, KATAKANA)).join('')
  return `${pick(random, KANJI)}${pick(random, KANJI)}`
}
function englishWord(at: number): string {
  return `${STEMS[at % STEMS.length]}${ENDINGS[Math.floor(at / STEMS.length) % ENDINGS.length]}`
}

const JAPANESE = 8_000
const ENGLISH = STEMS.length * ENDINGS.length
const PARTICLES = ['の', 'における', 'に関する', 'と', 'をめぐる', 'による', 'への', 'から見た', 'を用いた', 'が示す']
const ENDS = ['について', 'の検討', 'の試み', 'に関する一考察', 'の研究', 'の現状と課題', '――その可能性']
const GLUE = ['of', 'and', 'in', 'for the', 'through', 'with', 'on the']

function japanese(random: Random, words: number): string {
  const parts = Array.from({ length: words }, () => japaneseWord(rank(random, JAPANESE)))
  return parts.map((word, i) => (i + 1 < parts.length ? word + pick(random, PARTICLES) : word)).join('')
}
function english(random: Random, words: number): string {
  const parts = Array.from({ length: words }, () => englishWord(rank(random, ENGLISH)))
  const text = parts.map((word, i) => (i % 2 === 1 ? `${pick(random, GLUE)} ${word}` : word)).join(' ')
  return `${text[0]?.toUpperCase()}${text.slice(1)}`
}
const sentences = (count: number, of: () => string, end: string) =>
  Array.from({ length: count }, of).join(end) + end.trimEnd()

const TYPES = [
  ['departmental bulletin paper', 58],
  ['journal article', 16],
  ['doctoral thesis', 7],
  ['conference paper', 5],
  ['research report', 5],
  ['book part', 3],
  ['dataset', 2],
  ['learning object', 2],
  ['other', 2],
] as const

function type(random: Random) {
  let left = random() * 100
  for (const [term, share] of TYPES) {
    left -= share
    if (left < 0) return term
  }
  return 'other' as const
}

/** The record of a number, of a seed. */
export function recordOf(seed: number, number: number): RecordInput {
  const random = seeded(seed * 1_000_003 + number)
  const inEnglish = random() < 0.15
  const year = 2026 - Math.min(66, Math.floor(12 * (1 - random()) ** -0.8) - 12)
  const titleJa = japanese(random, 2 + Math.floor(random() * 4)) + pick(random, ENDS)
  const titleEn = english(random, 4 + Math.floor(random() * 6))
  const bulletin = rank(random, 40)
  const term = type(random)
  const abstracts = random() < 0.65
  const issued = `${year}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}`
  return {
    titles: inEnglish
      ? [{ value: titleEn, lang: 'en' }]
      : [
          { value: titleJa, lang: 'ja' },
          ...(random() < 0.3 ? [{ value: reading(random), lang: 'ja-Kana' }] : []),
          ...(random() < 0.8 ? [{ value: titleEn, lang: 'en' }] : []),
        ],
    creators: Array.from({ length: few(random, 1.6, 400) }, () => person(random)),
    accessRights: { term: random() < 0.85 ? 'open access' : 'metadata only access' },
    rights: random() < 0.4 ? [{ value: 'CC BY 4.0', uri: 'https://creativecommons.org/licenses/by/4.0/' }] : [],
    subjects: Array.from({ length: random() < 0.6 ? few(random, 3, 30) : 0 }, () =>
      random() < 0.7
        ? { value: japaneseWord(rank(random, JAPANESE)), lang: 'ja', scheme: 'Other' as const }
        : { value: englishWord(rank(random, ENGLISH)), lang: 'en', scheme: 'Other' as const },
    ),
    descriptions: abstracts
      ? [
          ...(inEnglish
            ? []
            : [
                {
                  value: sentences(few(random, 4, 60), () => japanese(random, 6), 'である。'),
                  lang: 'ja',
                  type: 'Abstract' as const,
                },
              ]),
          ...(inEnglish || random() < 0.4
            ? [
                {
                  value: sentences(few(random, 4, 60), () => english(random, 9), '. '),
                  lang: 'en',
                  type: 'Abstract' as const,
                },
              ]
            : []),
        ]
      : [],
    publishers: [{ value: '架空大学', lang: 'ja' }],
    dates: [{ value: issued, type: 'Issued' }],
    languages: [inEnglish ? 'eng' : 'jpn'],
    type: { term },
    identifiers: random() < 0.3 ? [{ value: `https://doi.org/10.99999/kura.${number}`, type: 'DOI' }] : [],
    sourceTitles: [
      { value: `架空大学${japaneseWord(bulletin)}紀要`, lang: 'ja' },
      { value: `Bulletin of ${englishWord(bulletin)}, Fictional University`, lang: 'en' },
    ],
    volume: String(1 + (year - 1_960)),
    issue: String(1 + Math.floor(random() * 4)),
    pageStart: String(1 + Math.floor(random() * 200)),
    ...(term === 'doctoral thesis' && { dateGranted: issued }),
  }
}

function reading(random: Random): string {
  return Array.from({ length: 8 + Math.floor(random() * 12) }, () => pick(random, KATAKANA)).join('')
}

function person(random: Random): NonNullable<RecordInput['creators']>[number] {
  const family = pick(random, FAMILY)
  const given = pick(random, GIVEN)
  // A body of authors, most of whom write once: a number keeps them apart.
  const number = rank(random, 20_000)
  const names = [
    { value: `${family[0]}, ${given[0]}${number}`, lang: 'ja' },
    { value: `${family[1]}, ${given[1]}`, lang: 'ja-Kana' },
    { value: `${family[2]}, ${given[2]} ${number}`, lang: 'en' },
  ]
  return {
    names: random() < 0.3 ? names : [names[0] as (typeof names)[number]],
    affiliations:
      random() < 0.2 ? [{ names: [{ value: `架空大学${japaneseWord(rank(random, 60))}部`, lang: 'ja' }] }] : [],
  }
}

/** Queries as readers type them, of a seed: common and rare words, two words, phrases, names, a single character. */
export function queriesOf(seed: number, count: number): string[] {
  const random = seeded(seed + 17)
  const word = () => (random() < 0.7 ? japaneseWord(rank(random, JAPANESE)) : englishWord(rank(random, ENGLISH)))
  const kinds = [
    word,
    word,
    word,
    () => `${word()} ${word()}`,
    () => `${word()} ${word()}`,
    () => `"${japanese(random, 2)}"`,
    () => pick(random, FAMILY)[0],
    () => `${pick(random, FAMILY)[2]} ${word()}`,
    () => `${word()} OR ${word()}`,
    () => `${word()} NOT ${word()}`,
    () => `title:${word()}`,
    () => pick(random, KANJI),
  ]
  const queries = new Set<string>()
  for (let i = 0; queries.size < count; i++) queries.add((kinds[i % kinds.length] as () => string)())
  return [...queries]
}
