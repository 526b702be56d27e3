import { namesOf } from '../../../items/summary.ts'
import type { Contributor, Creator, Record } from '../../model.ts'
import { preferred } from '../../texts.ts'
import { compact } from '../compact.ts'
import { addressOfName, webAddress } from '../identifiers.ts'
import { isOrganisation, nameIn } from '../names.ts'

type Organisation = Record['rightsHolders'][number]

/** A person or an organisation; its ORCID or other registry's address is what identifies it. */
export function agentOf(agent: Creator | Contributor, language: string | undefined): object | undefined {
  const name = nameIn(agent, language)
  if (!name) return undefined
  const { whole, family, given } = name
  const isOne = isOrganisation(agent)
  const affiliations = agent.affiliations.flatMap((each) => organisationOf(each, language) ?? [])
  return compact({
    '@type': isOne ? 'Organization' : 'Person',
    ...identified(agent.identifiers),
    name: family === undefined ? whole : `${family}, ${given}`,
    familyName: family,
    givenName: given,
    alternateName: namesOf(agent)
      .map(({ value }) => value)
      .filter((value) => value !== whole && value !== ''),
    ...(isOne ? { parentOrganization: affiliations } : { affiliation: affiliations }),
  })
}

/** An organisation; nothing where it has no name. */
export function organisationOf({ names, identifiers }: Organisation, language: string | undefined): object | undefined {
  const name = preferred(names, language)?.value
  return name === undefined ? undefined : compact({ '@type': 'Organization', ...identified(identifiers), name })
}

/** The first address is the one by which it is known; the others are of the same. */
function identified(identifiers: Organisation['identifiers']) {
  const [id, ...same] = identifiers.flatMap((identifier) => addressOfName(identifier) ?? [])
  return id === undefined ? {} : { '@id': id, sameAs: same }
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
