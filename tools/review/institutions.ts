import type { Evaluation } from '../evaluate/index.ts'
import { captured } from '../plan/declared.ts'
import { type Institution, readCells } from '../plan/institutions.ts'

/** What becomes of an institution. */
export interface InstitutionChange {
  id: string
  kind: 'purged' | 'gone' | 'closed' | 'readonly' | 'moved' | 'hosts' | 'kept' | 'open' | 'new'
  sentence: string
}

/** The worst first. */
const ORDER: InstitutionChange['kind'][] = [
  'purged',
  'gone',
  'closed',
  'readonly',
  'moved',
  'hosts',
  'kept',
  'open',
  'new',
]

/** What becomes of the institutions of a stack, by the configuration of its cells; what is worst first. */
export function compareInstitutions(
  before: Pick<Evaluation, 'resources'>,
  after: Pick<Evaluation, 'resources'>,
): InstitutionChange[] {
  const [then, now] = [institutionsOf(before), institutionsOf(after)]
  return [...new Set([...then.keys(), ...now.keys()])]
    .toSorted()
    .flatMap((id) => {
      const [was, is] = [then.get(id), now.get(id)]
      const found = is ? [...served(was, is)] : was ? [gone(was)] : []
      return found.map(([kind, sentence]): InstitutionChange => ({ id, kind, sentence: `${id} ${sentence}` }))
    })
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

type Told = [kind: InstitutionChange['kind'], sentence: string]

function institutionsOf({ resources }: Pick<Evaluation, 'resources'>): Map<string, Institution> {
  const configuration = resources.filter(({ type }) => type === 'kubernetes:core/v1:ConfigMap')
  const cells = readCells(captured({ resources: configuration }))
  return new Map(cells.flatMap(({ institutions }) => institutions.map((one) => [one.id, one] as const)))
}

function gone({ purge }: Institution): Told {
  if (purge === undefined) return ['gone', 'is no longer served: its data stays, and is dumped no more']
  return ['gone', `is no longer served: what of it is not purged yet, which was to be on ${purge}, stays`]
}

function* served(was: Institution | undefined, is: Institution): Iterable<Told> {
  if (is.purge !== undefined && is.purge !== was?.purge)
    yield [
      'purged',
      `is PURGED on ${is.purge}${was?.purge ? `, not on ${was.purge}` : ''}: its data is deleted for good`,
    ]
  if (!was) yield ['new', `is new in ${is.cell}: ${is.hosts.join(', ')}`]
  if (was?.purge !== undefined && is.purge === undefined)
    yield ['kept', `is not purged on ${was.purge} any more, unless it is already`]
  if (is.state !== (was?.state ?? 'open')) yield [is.state, STATES[is.state]]
  if (!was) return
  if (is.cell !== was.cell) yield ['moved', `moves from ${was.cell} to ${is.cell}`]
  if (is.hosts.join() !== was.hosts.join()) yield ['hosts', hosts(was.hosts, is.hosts)]
}

const STATES: Record<Institution['state'], string> = {
  closed: 'is CLOSED: readers get 410',
  readonly: 'is READ-ONLY: changes are refused',
  open: 'is open again',
}

function hosts(before: string[], after: string[]): string {
  const without = (some: string[], others: string[]) => some.filter((one) => !others.includes(one)).join(', ')
  const [lost, won] = [without(before, after), without(after, before)]
  return [
    ...(before[0] === after[0] ? [] : [`has the address ${after[0]} instead of ${before[0]}`]),
    ...(lost ? [`is no longer found at ${lost}`] : []),
    ...(won ? [`is found at ${won} as well`] : []),
    ...(before[0] === after[0] && !lost && !won ? ['has its other hosts in another order'] : []),
  ].join('; ')
}
