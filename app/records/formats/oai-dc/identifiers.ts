import type { Record } from '../../model.ts'
import { relatedIdentifierTypes } from '../../vocabularies.ts'

type Identified = NonNullable<Record['relations'][number]['identifier']>

/** "PMID 12345678", "ISSN: 1234-5679": a kind of identifier and its number. */
const KINDS = relatedIdentifierTypes.filter((type) => type !== 'URI' && type !== 'Local' && type !== 'DOI')
const NUMBERED = new RegExp(`^(${KINDS.join('|')})(?:\\s*:\\s*|\\s+)(\\S+)$`, 'i')
const kindOf = (name: string) => KINDS.find((kind) => kind.toLowerCase() === name.toLowerCase()) as Identified['type']

/** What identifies something, as texts of Dublin Core say it; nothing for words. */
export function identifierIn(text: string): Identified | undefined {
  const [, doi] = /^(?:doi:\s*|info:doi\/|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,}\/\S+)$/i.exec(text) ?? []
  if (doi) return { type: 'DOI', value: `https://doi.org/${doi}` }
  const [, handle] = /^(?:hdl:\s*|info:hdl\/|https?:\/\/hdl\.handle\.net\/)(\S+)$/i.exec(text) ?? []
  if (handle) return { type: 'HDL', value: `https://hdl.handle.net/${handle}` }
  const [, space, number] = /^urn:(issn|isbn):(\S+)$/i.exec(text) ?? []
  if (space && number) return { type: kindOf(space), value: number }
  if (/^arxiv:\S+$/i.test(text)) return { type: 'arXiv', value: text }
  if (/^ark:\S+$/i.test(text)) return { type: 'ARK', value: text }
  if (/^(https?|ftp):\/\/\S+$|^(urn|info):\S+$/i.test(text)) return { type: 'URI', value: text }
  const [, kind, value] = NUMBERED.exec(text) ?? []
  return kind && value ? { type: kindOf(kind), value } : undefined
}

/** Where a part of a journal or a book stands: "Bulletin of the Kura, 12(3), 34-57". */
export interface Citation {
  title: string
  volume?: string
  issue?: string
  pageStart?: string
  pageEnd?: string
}

const CITATION =
  /^(?<title>\S.*?), (?:(?<volume>[A-Za-z]?\d[\w.-]*)?(?:\((?<issue>[^(),]*\d[^(),]*)\))?)(?:, (?<pageStart>[A-Za-z]?\d+)(?:-(?<pageEnd>[A-Za-z]?\d+))?)?$/s

/** Characters, so that a text made to be slow for the pattern cannot be. */
const LONGEST_CITATION = 2_000

/** Takes a citation apart; one of another form is a title as a whole. */
export function citationIn(text: string): Citation {
  const { title, ...rest } = (text.length <= LONGEST_CITATION && CITATION.exec(text)?.groups) || {}
  if (title === undefined || (rest.volume === undefined && rest.issue === undefined)) return { title: text }
  return { title, ...Object.fromEntries(Object.entries(rest).filter(([, part]) => part !== undefined)) }
}
