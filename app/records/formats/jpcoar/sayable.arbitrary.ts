import { fc } from '../../../../test/support/property.ts'
import type { Record } from '../../model.ts'
import { anyRecord, calendarDate } from '../../record.arbitrary.ts'
import * as vocabulary from '../../vocabularies.ts'
import type { Edition, VocabularyName } from './editions.ts'
import { record } from './elements.ts'
import { type AnyShape, isValue } from './shapes.ts'
import { term } from './values.ts'

/** The terms that an edition has, in whatever spelling: those that it gives back. */
function termsOf<Term extends string>(name: VocabularyName, known: readonly Term[], edition: Edition): Term[] {
  const value = term(name)
  return known.filter((each) => {
    const written = value.write(each as never, edition)
    return written !== undefined && value.read(written, edition, () => {}) === each
  })
}

/** Where in the model lies what an edition does not have, as in `creators.names.type`. */
function unsayable(shape: AnyShape, edition: Edition, path = ''): string[] {
  return Object.entries(shape).flatMap(([field, place]) => {
    if ('name' in place && edition.without.includes(place.name)) return [`${path}${field}`]
    if ((place.kind !== 'one' && place.kind !== 'many') || isValue(place.holds)) return []
    return unsayable(place.holds, edition, `${path}${field}.`)
  })
}

const page = fc.integer({ min: 1 }).map(String)
const uri = fc.webUrl({ withFragments: true, withQueryParameters: true })

/** Records that an edition of JPCOAR can say in full: its own elements and terms, real URIs, numbers for pages. */
export function sayableRecord(edition: Edition): fc.Arbitrary<Record> {
  const terms = (name: VocabularyName, known: readonly string[]) => fc.constantFrom(...termsOf(name, known, edition))
  const concepts = <Term extends string>(name: VocabularyName, known: readonly Term[], uriOf: (term: Term) => string) =>
    fc.constantFrom(...termsOf(name, known, edition)).map((each) => {
      const written = term(name).write(each as never, edition) as string
      return { term: each, uri: edition.concepts[written] ?? uriOf(each) }
    })
  const without = new Set(unsayable(record as AnyShape, edition))
  const special: readonly [RegExp, fc.Arbitrary<unknown> | undefined][] = [
    [/^type$/, concepts('resourceTypes', vocabulary.resourceTypes, vocabulary.resourceTypeUri)],
    [/^versionType$/, concepts('versionTypes', vocabulary.versionTypes, vocabulary.versionTypeUri)],
    [/\baccessRights$/, concepts('accessRights', vocabulary.accessRights, vocabulary.accessRightUri)],
    [/\bcontributors\.type$/, terms('contributorTypes', vocabulary.contributorTypes)],
    [/\bidentifiers\.scheme$/, terms('nameIdentifierSchemes', vocabulary.nameIdentifierSchemes)],
    [/\bsubjects\.scheme$/, terms('subjectSchemes', vocabulary.subjectSchemes)],
    [/\bdates\.type$/, terms('dateTypes', vocabulary.dateTypes)],
    [/^relations\.type$/, terms('relationTypes', vocabulary.relationTypes)],
    [/^relations\.identifier\.type$/, terms('relatedIdentifierTypes', vocabulary.relatedIdentifierTypes)],
    [/\bfunderIdentifier\.type$/, terms('funderIdentifierTypes', vocabulary.funderIdentifierTypes)],
    [/^sourceIdentifiers\.type$/, terms('sourceIdentifierTypes', vocabulary.sourceIdentifierTypes)],
    [/\bobjectType$/, terms('objectTypes', vocabulary.objectTypes)],
    [/^(relations\.identifier|identifiers|catalog\.identifiers)\.value$/, uri],
    [/^(numPages|pageStart|pageEnd)$/, page],
    [/\b(uri|typeUri)$/, uri],
    [/\bdates\.value$/, 'datacite:date' in edition.contents ? calendarDate : undefined],
  ]
  return anyRecord((path) =>
    without.has(path) ? fc.constant(undefined) : special.find(([where]) => where.test(path))?.[1],
  )
}
