import { expect, test } from 'vitest'
import { made } from '../../test/support/declaration.ts'
import { compareInstitutions } from './institutions.ts'

interface Given {
  id?: string
  cell?: string
  hosts?: string[]
  state?: string
  purge?: string
}

/** A stack with the configuration of the cells that these institutions are in. */
const stack = (...all: Given[]) => ({
  resources: [...Map.groupBy(all, ({ cell = 'nishi' }) => cell)].map(([cell, some]) =>
    made('kubernetes:core/v1:ConfigMap', `kura-cell-${cell}-configuration`, {
      metadata: { namespace: `kura-cell-${cell}` },
      data: {
        'kura.json': JSON.stringify({ cell, database: { connections: 4 } }),
        ...Object.fromEntries(
          some.map(({ id = 'yukimi', hosts = [`${id}.kura.example`], state = 'open', purge }) => [
            `tenant.${id}.json`,
            JSON.stringify({ id, cell, hosts, state, purge, limits: { storage: 50 } }),
          ]),
        ),
      },
    }),
  ),
})
const told = (before: Given[], after: Given[]) =>
  compareInstitutions(stack(...before), stack(...after)).map(({ sentence }) => sentence)

test('an institution that stays as it is is not told', () => {
  expect(told([{}], [{}])).toEqual([])
})

test('one that is to be purged, or on another day, says that its data goes', () => {
  const closed = { state: 'closed' }
  expect(told([closed], [{ ...closed, purge: '2026-11-27' }])).toEqual([
    'yukimi is PURGED on 2026-11-27: its data is deleted for good',
  ])
  expect(told([{ ...closed, purge: '2027-04-01' }], [{ ...closed, purge: '2026-11-27' }])).toEqual([
    'yukimi is PURGED on 2026-11-27, not on 2027-04-01: its data is deleted for good',
  ])
  expect(told([{ ...closed, purge: '2027-04-01' }], [closed])).toEqual([
    'yukimi is not purged on 2027-04-01 any more, unless it is already',
  ])
})

test('one that goes says what becomes of its data', () => {
  expect(told([{}], [])).toEqual(['yukimi is no longer served: its data stays, and is dumped no more'])
  expect(told([{ state: 'closed', purge: '2027-04-01' }], [])).toEqual([
    'yukimi is no longer served: what of it is not purged yet, which was to be on 2027-04-01, stays',
  ])
})

test('one that comes, moves, closes or opens says so', () => {
  expect(told([], [{}])).toEqual(['yukimi is new in nishi: yukimi.kura.example'])
  expect(told([{}], [{ cell: 'higashi' }])).toEqual(['yukimi moves from nishi to higashi'])
  expect(told([{}], [{ state: 'closed' }])).toEqual(['yukimi is CLOSED: readers get 410'])
  expect(told([{}], [{ state: 'readonly' }])).toEqual(['yukimi is READ-ONLY: changes are refused'])
  expect(told([{ state: 'closed' }], [{}])).toEqual(['yukimi is open again'])
})

test('hosts that come, go or become the address are told', () => {
  const hosts = (before: string[], after: string[]) => told([{ hosts: before }], [{ hosts: after }])
  expect(hosts(['a.example'], ['b.example', 'a.example'])).toEqual([
    'yukimi has the address b.example instead of a.example; is found at b.example as well',
  ])
  expect(hosts(['a.example', 'b.example'], ['a.example'])).toEqual(['yukimi is no longer found at b.example'])
  expect(hosts(['a.example', 'b.example', 'c.example'], ['a.example', 'c.example', 'b.example'])).toEqual([
    'yukimi has its other hosts in another order',
  ])
})

test('the worst stands first, whatever it is called', () => {
  const before = [{ id: 'aozora' }, { id: 'yukimi' }]
  const after = [
    { id: 'akane' },
    { id: 'aozora', cell: 'higashi' },
    { id: 'yukimi', state: 'closed', purge: '2027-04-01' },
  ]
  expect(compareInstitutions(stack(...before), stack(...after)).map(({ id, kind }) => [id, kind])).toEqual([
    ['yukimi', 'purged'],
    ['yukimi', 'closed'],
    ['aozora', 'moved'],
    ['akane', 'new'],
  ])
})
