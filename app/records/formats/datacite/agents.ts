import type { Contributor, Creator, Record } from '../../model.ts'
import { preferred } from '../../texts.ts'
import { compact, distinct } from '../compact.ts'
import { addressOfName } from '../identifiers.ts'
import { isOrganisation, nameIn } from '../names.ts'
import { SCHEME_ADDRESSES } from './terms.ts'

type Organisation = Record['rightsHolders'][number]
type NameIdentifier = Organisation['identifiers'][number]

/** What stands for a name that is not known (DataCite 4.6, appendix 3). */
export const UNAVAILABLE = '(:unav)'

/** Who made it; DataCite wants at least one. */
export function creatorsOf({ creators }: Record, language: string | undefined) {
  const known = creators.flatMap((creator) => agent(creator, language) ?? [])
  return known.length > 0 ? known : [{ name: UNAVAILABLE }]
}

/** Who else had a part in it, those who hold rights among them. */
export function contributorsOf({ contributors, rightsHolders }: Record, language: string | undefined) {
  const others = contributors.flatMap((contributor) => {
    const known = agent(contributor, language)
    return known ? [{ contributorType: (contributor.type ?? 'Other') as string, ...known }] : []
  })
  const holders = rightsHolders.flatMap(({ names, identifiers }) => {
    const name = preferred(names, language)
    if (!name) return []
    const nameIdentifiers = identifiersOf(identifiers)
    return [compact({ contributorType: 'RightsHolder', name: name.value, lang: name.lang, nameIdentifiers })]
  })
  return [...others, ...holders]
}

export type Agent = NonNullable<ReturnType<typeof agent>>

function agent(one: Creator | Contributor, language: string | undefined) {
  const name = nameIn(one, language)
  if (!name) return undefined
  const { whole, family, given, lang } = name
  return compact({
    name: family === undefined ? whole : `${family}, ${given}`,
    nameType: isOrganisation(one) ? 'Organizational' : family === undefined ? undefined : 'Personal',
    givenName: given,
    familyName: family,
    lang,
    nameIdentifiers: identifiersOf(one.identifiers),
    affiliation: distinct(one.affiliations.flatMap((each) => affiliation(each, language) ?? [])),
  })
}

const identifiersOf = (identifiers: NameIdentifier[]) =>
  distinct(
    identifiers
      .filter(({ value }) => value !== '')
      .map((identifier) =>
        compact({
          nameIdentifier: addressOfName(identifier) ?? identifier.value,
          nameIdentifierScheme: identifier.scheme as string,
          schemeUri: SCHEME_ADDRESSES[identifier.scheme],
        }),
      ),
  )

function affiliation({ names, identifiers }: Organisation, language: string | undefined) {
  const name = preferred(names, language)?.value
  if (name === undefined) return undefined
  // One is all that there is room for: ROR, by which DataCite counts, where there is one.
  const identifier = identifiers.find(({ scheme }) => scheme === 'ROR') ?? identifiers.find(({ value }) => value !== '')
  return compact({
    name,
    affiliationIdentifier: identifier && (addressOfName(identifier) ?? identifier.value),
    affiliationIdentifierScheme: identifier?.scheme as string | undefined,
    schemeUri: identifier && SCHEME_ADDRESSES[identifier.scheme],
  })
}
