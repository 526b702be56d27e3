import { expect, it } from 'vitest'
import { readJpcoar } from '../../app/records/formats/jpcoar/index.ts'
import type { Record } from '../../app/records/model.ts'
import { findQuality } from '../../app/records/quality/index.ts'
import { describeWithReference, referenceNames, referenceText } from './shared.ts'

const FOLDER = 'samples/jpcoar-2.0'

/** ORCIDs made up for the samples: their check digits are wrong. */
const MADE_UP_PEOPLE = 'name-identifier.value'

/** The rules that speak of each official sample, in the order of the table: they show structure, not quality. */
const SPEAKING: { readonly [sample: string]: readonly string[] } = {
  '01_departmental_bulletin_paper_oa.xml': [MADE_UP_PEOPLE],
  // No file before its embargo ends, here and in 04; another version is linked to.
  '02_journal_article_embargoed.xml': [MADE_UP_PEOPLE],
  '03_journal_article_oa.xml': [MADE_UP_PEOPLE],
  '04_journal_article_accepted_embargoed.xml': [MADE_UP_PEOPLE],
  '05_doctoral_thesis_oa.xml': [MADE_UP_PEOPLE],
  '06_doctoral_thesis_published.xml': [MADE_UP_PEOPLE],
  // A description without its language.
  '07_dataset.xml': ['lang.missing', MADE_UP_PEOPLE],
  '08_conference_object.xml': [],
  // The file is not public, and so not described.
  '09_departmental_bulletin_paper_restricted_access.xml': [MADE_UP_PEOPLE, 'access.content'],
  // The same content is linked to: isIdenticalTo.
  '10_journal_article_metadata_only_external_link.xml': [MADE_UP_PEOPLE],
  '11_dataset_external_link.xml': ['lang.missing', MADE_UP_PEOPLE],
  // Its leading blanks say nothing in the model; that a licence's name and address differ is beyond the rules.
  '12_digital_archive.xml': [],
  // Labelled book with the id of still image.
  '13_digital_archive_dataset_series.xml': ['type.uri', 'date.issued'],
  // A creator without a name, placeholders for a researcher number and a DOI, the id of experimental data, no file.
  '14_common_metadata_elements_cao.xml': [
    'name.missing',
    'name-identifier.value',
    'type.uri',
    'access.content',
    'identifier.doi',
  ],
}

describeWithReference('the quality of the official samples', () => {
  it('is listed for each of them', () => {
    expect(Object.keys(SPEAKING)).toEqual(referenceNames(FOLDER))
  })

  it.each(Object.entries(SPEAKING))('is what was read in it: %s', (name, rules) => {
    const { record } = readJpcoar(referenceText(`${FOLDER}/${name}`))
    expect([...new Set(findQuality(record as Record).map(({ rule }) => rule))]).toEqual(rules)
  })
})
