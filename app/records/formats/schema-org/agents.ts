import { namesOf } from '../../../items/summary.ts'
import type { Contributor, Creator, Record } from '../../model.ts'
import { preferred } from '../../texts.ts'
import { compact } from '../compact.ts'
import { addressOfName, webAddress } from '../identifiers.ts'
import { isOrganisation, nameIn } from '../names.ts'

type Organisation = Record['rightsHolders'][number]

/**
 * A person or an organisation; its ORCID or other registry's address is what identifies it. Written without `compact`,
 * since a work may have a thousand: what is undefined is left out when it becomes JSON.
 */
export function agentOf(agent: Creator | Contributor, language: string | undefined): object | undefined {
  const name = nameIn(agent, language)
  if (!name) return undefined
  const { whole, family, given } = name
  const isOne = isOrganisation(agent)
  const names = namesOf(agent).map(({ value }) => value)
  const affiliations = some(agent.affiliations.map((each) => organisationOf(each, language)))
  const [id, ...same] = addressesOf(agent)
  return {
    '@type': isOne ? 'Organization' : 'Person',
    '@id': id,
    name: family === undefined ? whole : `${family}, ${given}`,
    familyName: family,
    givenName: given,
    alternateName: some(names.map((value) => (value === whole ? '' : value))),
    affiliation: isOne ? undefined : affiliations,
    parentOrganization: isOne ? affiliations : undefined,
    sameAs: some(same),
  }
}

/** An organisation; nothing where it has no name. */
export function organisationOf(organisation: Organisation, language: string | undefined): object | undefined {
  const name = preferred(organisation.names, language)?.value
  if (name === undefined) return undefined
  const [id, ...same] = addressesOf(organisation)
  return { '@type': 'Organization', '@id': id, name, sameAs: some(same) }
}

/** The first address is the one by which it is known; the others are of the same. */
const addressesOf = ({ identifiers }: Pick<Organisation, 'identifiers'>) =>
  identifiers.map(addressOfName).filter((address) => address !== undefined)

/** What there is in a list; nothing instead of an empty one. */
function some<T>(values: (T | undefined)[]): T[] | undefined {
  const said = values.filter((value) => value !== undefined && value !== '') as T[]
  return said.length > 0 ? said : undefined
}

/** Who paid, and by which grant. */
export function fundingOf({ fundingReferences }: Record, language: string | undefined) {
  const funders = new Map<string, object>()
  const grants = fundingReferences.flatMap(({ funderNames, funderIdentifier, awardNumber, awardTitles }) => {
    const name = preferred(funderNames, language)?.value
    if (name === undefined) return []
    const id = funderIdentifier && addressOfName({ ...funderIdentifier, scheme: funderIdentifier.type, uri: undefined })
    const funder = compact({ '@type': 'Organization', '@id': id, name })
    funders.set(name, funder)
    if (!awardNumber && awardTitles.length === 0) return []
    return [
      compact({
        '@type': 'Grant',
        identifier: awardNumber?.value,
        name: preferred(awardTitles, language)?.value,
        url: webAddress(awardNumber?.uri),
        funder,
      }),
    ]
  })
  return { funder: [...funders.values()], funding: grants }
}
