import type { Child } from 'hono/jsx'
import { namesOf } from '../../items/summary.ts'
import type { Contributor, Creator, Record } from '../../records/model.ts'
import { nameOf } from '../../search/index.ts'
import { formatNumber } from '../format.ts'
import { identifierAddress } from '../links.ts'
import type { PageContext } from '../page.ts'
import { Folded, Identifier, Run, texts, wordsOf } from '../parts.tsx'
import { preferred } from '../text.ts'
import { findingOthers } from './finding.ts'

type Organisation = Record['rightsHolders'][number]
type Agent = Creator | Contributor

/** The creators by name, as they stand below a title. */
export function Byline({ record, page }: { record: Record; page: PageContext }) {
  const words = wordsOf(page)
  const others = findingOthers(record)
  const entries = record.creators.flatMap((creator) => {
    const name = preferred(namesOf(creator), page.language)
    if (!name) return []
    const orcid = creator.identifiers.find(({ scheme }) => scheme === 'ORCID')
    const address = orcid && identifierAddress('ORCID', orcid.value, orcid.uri)
    return [
      <>
        <a href={others('creator', nameOf(creator) ?? name.value)}>
          <Run text={name} page={page} />
        </a>
        {address && (
          <a class="orcid" href={address} aria-label={words.orcidOf(name.value)}>
            <span>iD</span>
          </a>
        )}
      </>,
    ]
  })
  if (entries.length === 0) return null
  return (
    <div class="byline">
      <Folded
        class="names"
        entries={entries}
        more={(count) => words.moreCreators(formatNumber(count, page.language))}
      />
    </div>
  )
}

/** Everything that the record says of the creators beyond their names in the page's language. */
export function CreatorsInDetail({ creators, page }: { creators: Creator[]; page: PageContext }) {
  const words = wordsOf(page)
  const known = creators.filter(
    (creator) =>
      creator.type !== undefined ||
      creator.identifiers.length + creator.affiliations.length + creator.alternativeNames.length > 0 ||
      namesOf(creator).length > 1 ||
      creator.familyNames.length + creator.givenNames.length > 0,
  )
  if (known.length === 0) return null
  return (
    <details class="creators-in-detail">
      <summary>{words.creatorsInDetail}</summary>
      <ul class="people">
        {known.map((creator) => (
          <li>
            <Person agent={creator} role={creator.type} page={page} />
          </li>
        ))}
      </ul>
    </details>
  )
}

/** A person or an organisation with names, affiliations and identifiers. */
export function Person({ agent, role, page }: { agent: Agent; role?: string | undefined; page: PageContext }) {
  const words = wordsOf(page)
  const names = namesOf(agent)
  // Family and given names are said already where a name is made of them.
  const parts = [...agent.familyNames, ...agent.givenNames].filter(
    ({ value }) => !names.some((name) => name.value.includes(value)),
  )
  return (
    <div class="person">
      <p class="names">
        <Series values={texts([...names, ...parts], page)} />
        {role && <span class="role"> {role}</span>}
      </p>
      {agent.alternativeNames.length > 0 && (
        <p>
          {words.alternativeNames}
          {words.colon}
          <Series values={texts(agent.alternativeNames, page)} />
        </p>
      )}
      {agent.affiliations.map((affiliation) => (
        <p>
          <OrganisationName organisation={affiliation} page={page} />
        </p>
      ))}
      <Identifiers identifiers={agent.identifiers} page={page} />
    </div>
  )
}

/** An organisation by its names and identifiers. */
export function OrganisationName({ organisation, page }: { organisation: Organisation; page: PageContext }) {
  return (
    <>
      <Series values={texts(organisation.names, page)} />{' '}
      <Identifiers identifiers={organisation.identifiers} page={page} />
    </>
  )
}

function Identifiers({ identifiers, page }: { identifiers: Organisation['identifiers']; page: PageContext }) {
  return (
    <>
      {identifiers.map(({ scheme, value, uri }) => (
        <>
          <Identifier scheme={scheme} value={value} uri={uri} page={page} />{' '}
        </>
      ))}
    </>
  )
}

/** Values in a row. */
function Series({ values }: { values: Child[] }) {
  return (
    <>
      {values.map((value, index) => (
        <>
          {index > 0 && ' / '}
          {value}
        </>
      ))}
    </>
  )
}
