import type { Dissemination } from '../../items/dissemination.ts'
import type { Creator, Text } from '../model.ts'
import { mainLanguage, preferred } from '../texts.ts'
import { workDate } from './dates.ts'
import { doiOf, isbnsOf, issnsOf } from './identifiers.ts'
import { tagOf } from './language-tags.ts'
import { nameIn, oneLine } from './names.ts'
import { openPdf } from './open-pdf.ts'
import { type Repository, repositoryName } from './repository.ts'
import { licenceOf } from './rights.ts'
import { keywordsOf } from './subjects.ts'
import { type CslType, elsewhere } from './types.ts'

type Tag = { name: string; content: string }

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
  const tags: Tag[] = []
  const say = (name: string, ...contents: (string | undefined)[]) => {
    for (const content of contents) if (content) tags.push({ name, content: oneLine(content) })
  }
  const publisher = text([...record.publishers, ...record.publisherDetails.flatMap(({ names }) => names)])

  say('citation_title', text(record.titles))
  for (const creator of record.creators) {
    const name = nameIn(creator, language)
    if (!name) continue
    say('citation_author', name.family === undefined ? name.whole : `${name.family}, ${name.given}`)
    for (const { names } of creator.affiliations) say('citation_author_institution', text(names))
    say('citation_author_orcid', orcidOf(creator))
  }
  say('citation_publication_date', slashed(workDate(record) ?? item.publicationDate))
  say('citation_online_date', slashed(item.publicationDate))
  say(CONTAINERS[csl] ?? 'citation_journal_title', text(record.sourceTitles))
  if (csl !== 'paper-conference' || record.sourceTitles.length === 0)
    say('citation_conference_title', text(record.conferences[0]?.names ?? []))
  say('citation_volume', record.volume)
  say('citation_issue', record.issue)
  say('citation_firstpage', record.pageStart)
  say('citation_lastpage', record.pageEnd)
  say('citation_doi', doiOf(record))
  say('citation_issn', ...issnsOf(record))
  say('citation_isbn', ...isbnsOf(record))
  say('citation_publisher', publisher)
  if (csl === 'thesis')
    say('citation_dissertation_institution', text(record.degreeGrantors.flatMap(({ names }) => names)) ?? publisher)
  if (csl === 'report') {
    say('citation_technical_report_institution', publisher ?? repositoryName(repository, language))
    say('citation_technical_report_number', record.issue ?? record.volume)
  }
  say('citation_language', ...record.languages.map(tagOf))
  say('citation_keywords', ...keywordsOf(record))
  say('citation_abstract_html_url', item.url)
  say('citation_pdf_url', openPdf(item)?.url)
  say('DC.type', record.type.term)
  say('DC.contributor', ...record.contributors.map((each) => nameIn(each, language)?.whole))
  say('DC.rights', ...record.rights.map((each) => licenceOf(each)?.address ?? each.value))
  return tags
}

/** What the work is in, by its kind. */
const CONTAINERS: { readonly [type in CslType]?: string } = {
  chapter: 'citation_inbook_title',
  'paper-conference': 'citation_conference_title',
  report: 'citation_series_title',
}

function orcidOf({ identifiers }: Creator): string | undefined {
  const orcid = identifiers.find(({ scheme }) => scheme === 'ORCID')
  return orcid && /(?:\d{4}-){3}\d{3}[\dX]$/.exec(orcid.value)?.[0]
}

const slashed = (date: string) => date.replaceAll('-', '/')
