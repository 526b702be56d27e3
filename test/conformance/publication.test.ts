import { expect, it } from 'vitest'
import {
  JPCOAR_1_0,
  JPCOAR_2_0,
  JPCOAR_2_1,
  writeDissemination,
  writeJpcoar,
} from '../../app/records/formats/jpcoar/index.ts'
import { differences } from './canonical.ts'
import { ITEM_URL, published } from './publication.ts'
import { readWithoutFinding, sample, samples } from './samples.ts'
import { describeWithReference } from './shared.ts'

/** Changes by sample: `-` and the place of what is left out, `+` and that of what is added, or place → new value. */
type Changes = { readonly [sample: string]: readonly string[] }

const SHORT: readonly (readonly [RegExp | string, string])[] = [
  ['/jpcoar[1]/', ''],
  [/\[1\]/g, ''],
  [/\{[^}]*rdf-syntax-ns#\}/, 'rdf:'],
  [/\{[^}]*XML\/1998\/namespace\}/, 'xml:'],
  ['https://schema.datacite.org/meta/kernel-4/', 'datacite'],
]
const short = (text: string) => SHORT.reduce((shorter, [from, to]) => shorter.replace(from, to), text)

/** What one document says otherwise than another; of an element that is there in one alone, not what it holds. */
function changes(before: string, after: string): string[] {
  const found = differences(before, after)
  const whole = new Set(
    found.filter((each) => each.before === undefined || each.after === undefined).map(({ path }) => path),
  )
  const isPart = (path: string): boolean => {
    const above = path.slice(0, path.lastIndexOf('/'))
    return above !== '' && (whole.has(above) || isPart(above))
  }
  return found
    .filter(({ path }) => !isPart(path))
    .map((each) => {
      if (each.after === undefined) return `- ${short(each.path)}`
      return each.before === undefined ? `+ ${short(each.path)}` : `${short(each.path)} → ${short(each.after)}`
    })
}

const stored = (place: string, name: string) => [
  `${place}/URI/text() → ${ITEM_URL}/files/${name}`,
  `${place}/extent/text() → 123456 B`,
]
const embargoOverWithoutFile = [
  'accessRights/@rdf:resource → http://purl.org/coar/access_right/c_14cb',
  'accessRights/text() → metadata only access',
]
const thesisFiles = [
  ...stored('file', 'fulltext.pdf'),
  ...stored('file[2]', 'abstract.pdf'),
  ...stored('file[3]', 'abstract_of_review.pdf'),
]

/** What publication changes beside our address, which it puts before the other identifiers. */
const BY_PUBLICATION: Changes = {
  '01_departmental_bulletin_paper_oa.xml': stored('file', 'JIS_12_3_34-57.pdf'),
  '02_journal_article_embargoed.xml': embargoOverWithoutFile,
  '03_journal_article_oa.xml': stored('file', 'JIS_12_3_34-57.pdf'),
  '04_journal_article_accepted_embargoed.xml': embargoOverWithoutFile,
  '05_doctoral_thesis_oa.xml': thesisFiles,
  '06_doctoral_thesis_published.xml': thesisFiles,
  '07_dataset.xml': [...stored('file', 'JIS_12_3_34-57.csv'), '+ file/mimeType'],
  '08_conference_object.xml': stored('file', 'JIS_12_3_34-57.pdf'),
  '09_departmental_bulletin_paper_restricted_access.xml': [],
  '10_journal_article_metadata_only_external_link.xml': [],
  '11_dataset_external_link.xml': [],
  '12_digital_archive.xml': [],
  '13_digital_archive_dataset_series.xml': ['+ accessRights'],
  '14_common_metadata_elements_cao.xml': [],
}

const award = ['fundingReference/awardNumber → datacite', '- fundingReference/awardNumber/@awardNumberType']
const funding = [
  'fundingReference/funderIdentifier → datacite',
  'fundingReference/funderIdentifier/@funderIdentifierType → Other',
  '- fundingReference/fundingStream',
  ...award,
]
const fields = ['subject/@subjectScheme → Other', 'subject[2]/@subjectScheme → Other']

/** What 1.0 says otherwise than 2.0, or not at all. */
const BY_1_0: Changes = {
  '01_departmental_bulletin_paper_oa.xml': ['- creator/@creatorType', ...funding],
  '02_journal_article_embargoed.xml': ['- creator/@creatorType', ...funding],
  '03_journal_article_oa.xml': ['- creator/@creatorType', ...funding],
  '04_journal_article_accepted_embargoed.xml': ['- creator/@creatorType', ...funding],
  '05_doctoral_thesis_oa.xml': ['- creator/@creatorType'],
  '06_doctoral_thesis_published.xml': ['- creator/@creatorType'],
  '07_dataset.xml': [...fields, ...funding],
  '08_conference_object.xml': [
    'type/text() → conference object',
    'fundingReference/funderIdentifier → datacite',
    ...award,
  ],
  '09_departmental_bulletin_paper_restricted_access.xml': ['- creator/@creatorType', ...funding],
  '10_journal_article_metadata_only_external_link.xml': ['- creator/@creatorType', ...funding],
  '11_dataset_external_link.xml': [
    ...fields,
    'fundingReference/funderIdentifier → datacite',
    '- fundingReference/fundingStreamIdentifier',
    '- fundingReference/fundingStream',
    'fundingReference/awardNumber → datacite',
  ],
  '12_digital_archive.xml': [
    '- creator/@creatorType',
    '- publisher',
    '- publisher[2]',
    '- publisher[3]',
    '- date',
    '- date[2]',
    'relation/@relationType → isPartOf',
    '- edition',
    '- volumeTitle',
    '- volumeTitle[2]',
    '- originalLanguage',
    '- extent',
    '- format',
    '- holdingAgent',
    'file/URI/@objectType → other',
    '- catalog',
  ],
  '13_digital_archive_dataset_series.xml': ['- datasetSeries'],
  '14_common_metadata_elements_cao.xml': [
    'creator/nameIdentifier/@nameIdentifierScheme → e-Rad',
    '- contributor/nameIdentifier',
    '- contributor/contributorName/@nameType',
    '- contributor/contributorName[2]/@nameType',
    '- contributor[2]/contributorName/@nameType',
    '- contributor[3]/contributorName/@nameType',
    ...fields,
    '- fundingReference/fundingStreamIdentifier',
    '- fundingReference/fundingStream',
    ...award,
  ],
}

const OURS = `  <jpcoar:identifier identifierType="URI">${ITEM_URL}</jpcoar:identifier>\n`

describeWithReference('publication of the official samples', () => {
  it.each(samples)('changes what is listed and nothing else: %s', (name) => {
    for (const edition of [JPCOAR_2_0, JPCOAR_2_1]) {
      const before = writeJpcoar(readWithoutFinding(sample(name)), edition)
      const after = writeDissemination(published(name), edition)
      expect(after.indexOf('  <jpcoar:identifier ')).toBe(after.indexOf(OURS))
      expect(changes(before, after.replace(OURS, ''))).toEqual(BY_PUBLICATION[name])
    }
  })

  it.each(samples)('says in 1.0 the same as in 2.0, but for what is listed: %s', (name) => {
    const expected = writeDissemination(published(name), JPCOAR_2_0).replaceAll('/2.0/', '/1.0/')
    expect(changes(expected, writeDissemination(published(name), JPCOAR_1_0))).toEqual(BY_1_0[name])
  })
})
