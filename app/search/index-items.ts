import { readPresent } from '../items/index.ts'
import type { Record } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'

/** Brings the index up to the present state of items. */
export async function indexItems(tenant: Tenant, items: number[]): Promise<void> {
  const present = await readPresent(tenant, items)
  await tenant.search.put(present.map(({ record, ...rest }) => ({ ...rest, texts: searchable(record) })))
}

/** What a reader's words are looked for in: what a reader would remember of a work. */
function searchable(record: Record): string[] {
  const values = (texts: { value: string }[]) => texts.map(({ value }) => value)
  const people = [...record.creators, ...record.contributors].flatMap((agent) => [
    ...values(agent.names),
    ...values(agent.familyNames),
    ...values(agent.givenNames),
    ...values(agent.alternativeNames),
    ...agent.affiliations.flatMap(({ names }) => values(names)),
  ])
  return [
    ...values(record.titles),
    ...values(record.alternativeTitles),
    ...people,
    ...values(record.subjects),
    ...values(record.descriptions),
    ...values(record.publishers),
    ...values(record.sourceTitles),
    ...record.conferences.flatMap(({ names }) => values(names)),
    ...values(record.identifiers),
    ...record.fundingReferences.flatMap(({ funderNames, awardNumber, awardTitles }) => [
      ...values(funderNames),
      ...(awardNumber ? [awardNumber.value] : []),
      ...values(awardTitles),
    ]),
  ]
}
