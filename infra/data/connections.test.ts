import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { CONNECTIONS, connections, RESERVED } from './connections.ts'

const size = { vcpu: 1, burst: 1, memory: 1 }
const settings = (children: number, replicas: { web: number; worker: number }, each: number) => ({
  pgpool: { children, vcpu: 1, memory: 1 },
  identity: { provider: { replicas: 2 } },
  pools: { postgresql: { nodes: 3 } },
  cells: {
    institutions: 16,
    connections: each,
    sweep: 60,
    rates: { reads: 1200, searches: 300, writes: 600 },
    pins: {},
    passwords: 1,
    nginx: { vcpu: 1, memory: 1 },
    web: { replicas: replicas.web, ...size },
    worker: { replicas: replicas.worker, ...size },
  },
})

test('a rolling cell of two web processes and a worker counts seven processes', () => {
  // 2 + one that comes + one that drains, and 1 + 1 + 1.
  expect(connections(3, settings(1000, { web: 2, worker: 1 }, 8))).toMatchObject({ demand: 3 * 7 * 8, children: 1000 })
})

test('whatever is accepted fits one pgpool-II, and PostgreSQL takes two full ones', () => {
  const small = fc.integer({ min: 1, max: 20 })
  fc.assert(
    fc.property(
      small,
      small,
      small,
      small,
      fc.integer({ min: 10, max: 4000 }),
      (cells, web, worker, each, children) => {
        let made: ReturnType<typeof connections>
        try {
          made = connections(cells, settings(children, { web, worker }, each))
        } catch {
          return
        }
        expect(made.demand + RESERVED).toBeLessThanOrEqual(children)
        // Two of Keycloak, one that comes and one that drains.
        expect(made.maxConnections).toBeGreaterThan(2 * made.children + 4 * CONNECTIONS.identity)
      },
    ),
  )
})

test('cells that do not fit are refused with the number that would', () => {
  expect(() => connections(3, settings(168, { web: 2, worker: 1 }, 8))).toThrow(
    'pgpool.children 168 is too small: 3 cells may hold 168 connections; allowed: at least 169, or fewer kura:cells.connections',
  )
  expect(() => connections(3, settings(169, { web: 2, worker: 1 }, 8))).not.toThrow()
})
