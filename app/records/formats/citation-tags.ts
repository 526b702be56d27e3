import type { Dissemination } from '../../items/dissemination.ts'
import type { Record, Text } from '../model.ts'
import { mainLanguage, preferred } from '../texts.ts'
import { workDate } from './dates.ts'
import { doiOf, isbnsOf, issnsOf } from './identifiers.ts'
import { tagOf } from './language-tags.ts'
import { nameIn, oneLine } from './names.ts'
import { openPdf } from './open-pdf.ts'
import type { Repository } from './outputs.ts'
import { licenceOf } from './rights.ts'
import { keywordsOf } from './subjects.ts'
import { type CslType, elsewhere } from './types.ts'

type Tag = { name: string; content: string }
type Said = [name: string, content: string | readonly string[] | undefined]

/**
 * What indexers of scholarly works read from a page's head: `citation_*` by Google Scholar's guidelines (Inclusion
 * Guidelines for Webmasters, "Indexing"), in the language of the work's first title, and of Dublin Core what these have
 * no name for. The PDF is one of ours that everybody may read, or none.
 */
export function citationTags(item: Dissemination, repository: Repository): Tag[] {
  const { record } = item
  const language = mainLanguage(record.titles)
  const { csl } = elsewhere[record.type.term]
  const text = (texts: readonly Text[]) => preferred(texts, language)?.value
  const [conference] = record.conferences
  const institution = text(record.degreeGrantors.flatMap(({ names }) => names))
  const publisher = text([...record.publishers, ...record.publisherDetails.flatMap(({ names }) => names)])
  const tags: Said[] = [
    ['citation_title', text(record.titles)],
    ...authors(record, language),
    ['citation_publication_date', slashed(workDate(record) ?? item.publicationDate)],
    ['citation_online_date', slashed(item.publicationDate)],
    [CONTAINERS[csl] ?? 'citation_journal_title', text(record.sourceTitles)],
    ['citation_conference_title', csl === 'paper-conference' ? undefined : text(conference?.names ?? [])],
    ['citation_volume', record.volume],
    ['citation_issue', record.issue],
    ['citation_firstpage', record.pageStart],
    ['citation_lastpage', record.pageEnd],
    ['citation_doi', doiOf(record)],
    ['citation_issn', issnsOf(record)],
    ['citation_isbn', isbnsOf(record)],
    ['citation_publisher', publisher],
    ...(csl === 'thesis' ? ([['citation_dissertation_institution', institution ?? publisher]] as Said[]) : []),
    ...(csl === 'report'
      ? ([
          ['citation_technical_report_institution', publisher ?? repository.name.en ?? repository.name.ja],
          ['citation_technical_report_number', record.issue ?? record.volume],
        ] as Said[])
      : []),
    ['citation_language', record.languages.map(tagOf)],
    ['citation_keywords', keywordsOf(record)],
    ['citation_abstract_html_url', item.url],
    ['citation_pdf_url', openPdf(item)?.url],
    ['DC.type', record.type.term],
    ['DC.contributor', record.contributors.flatMap((each) => nameIn(each, language)?.whole ?? [])],
    ['DC.rights', record.rights.flatMap((each) => licenceOf(each)?.address ?? each.value)],
  ]
  return tags.flatMap(([name, content]) =>
    [content ?? []].flat().flatMap((each) => (each === '' ? [] : [{ name, content: oneLine(each) }])),
  )
}

/** What the work is in, by its kind. */
const CONTAINERS: { readonly [type in CslType]?: string } = {
  chapter: 'citation_inbook_title',
  'paper-conference': 'citation_conference_title',
  report: 'citation_series_title',
}

/** Each author, and behind it what belongs to this one. */
const authors = ({ creators }: Record, language: string | undefined): Said[] =>
  creators.flatMap((creator): Said[] => {
    const name = nameIn(creator, language)
    if (!name) return []
    const orcid = creator.identifiers.find(({ scheme }) => scheme === 'ORCID')?.value
    return [
      ['citation_author', name.family === undefined ? name.whole : `${name.family}, ${name.given}`],
      [
        'citation_author_institution',
        creator.affiliations.flatMap(({ names }) => preferred(names, language)?.value ?? []),
      ],
      ['citation_author_orcid', orcid && /(?:\d{4}-){3}\d{3}[\dX]$/.exec(orcid)?.[0]],
    ]
  })

const slashed = (date: string) => date.replaceAll('-', '/')
