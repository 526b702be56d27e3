import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'
import { FD } from './input.ts'
import { elementReader, type Vocabulary } from './markup.ts'
import { Unreadable } from './unreadable.ts'

/** Entries of a document at most; a long presentation has some thousands. */
const MOST_ENTRIES = 20_000
/** Bytes that a document's parts may unpack to. A bomb has them in one, or a little in each of very many. */
const MOST_UNPACKED = 200 * 2 ** 20

/** Office Open XML (ECMA-376): its three vocabularies agree in what they call a text and a paragraph. */
const OOXML: Vocabulary = {
  xml: true,
  only: new Set(['t']),
  // What stands there a second time for older programs; what was moved away; readings of names.
  skip: new Set(['Fallback', 'moveFrom', 'rt', 'rPh']),
  breaks: (name) => ['p', 'si', 'is', 'br', 'tab'].includes(name),
}
/** OpenDocument 1.3. */
const ODF: Vocabulary = {
  xml: true,
  only: new Set(['body']),
  skip: new Set(['tracked-changes', 'ruby-text', 'script']),
  breaks: (name) => ['p', 'h', 'line-break', 'tab', 's'].includes(name),
}

/** Where each kind of document has its text, in a reader's order. */
const KINDS: { mark: string; parts: RegExp[]; vocabulary: Vocabulary }[] = [
  { mark: 'word/', parts: [/^word\/document\d*\.xml$/, /^word\/(footnotes|endnotes)\.xml$/], vocabulary: OOXML },
  {
    mark: 'ppt/',
    parts: [/^ppt\/slides\/slide\d+\.xml$/, /^ppt\/notesSlides\/notesSlide\d+\.xml$/],
    vocabulary: OOXML,
  },
  // Cells name most of their texts by number; figures are nothing to be found by.
  { mark: 'xl/', parts: [/^xl\/sharedStrings\.xml$/, /^xl\/worksheets\/sheet\d+\.xml$/], vocabulary: OOXML },
  { mark: 'content.xml', parts: [/^content\.xml$/], vocabulary: ODF },
]

/**
 * The text of a document that is a ZIP archive: Word, PowerPoint and Excel since 2007, and OpenDocument.
 *
 * @throws Unreadable if the archive is none of these, or unpacks to more than a document does.
 */
export async function* officeText(): AsyncGenerator<string> {
  const zip = await fromFdPromise(FD, { autoClose: false })
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if (entries.size === MOST_ENTRIES) throw new Unreadable(`has more than ${MOST_ENTRIES} entries`)
    entries.set(entry.fileName, entry)
  }
  const names = [...entries.keys()]
  const kind = KINDS.find(({ mark }) => names.some((name) => name.startsWith(mark)))
  if (!kind) throw new Unreadable('is an archive')
  const budget = { bytes: MOST_UNPACKED }
  for (const part of kind.parts)
    for (const name of names.filter((name) => part.test(name)).sort(byNumber.compare))
      yield* partText(zip, entries.get(name) as Entry, kind.vocabulary, budget)
}

/** slide2 before slide10. */
const byNumber = new Intl.Collator('en', { numeric: true })

async function* partText(zip: ZipFile, entry: Entry, vocabulary: Vocabulary, budget: { bytes: number }) {
  const reader = elementReader(vocabulary)
  const decoder = new TextDecoder()
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    budget.bytes -= chunk.length
    if (budget.bytes < 0) throw new Unreadable(`unpacks to more than ${MOST_UNPACKED / 2 ** 20} MiB`)
    yield reader.read(decoder.decode(chunk, { stream: true }))
  }
  yield `${reader.end()}\n`
}
