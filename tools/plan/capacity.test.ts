import { describe, expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { type Load, nodesFor, type Pods, pack } from './capacity.ts'

const node: Load = { cpu: 4000, memory: 8192, pods: 20 }
const pods = (name: string, given: Partial<Pods> = {}): Pods => ({
  name,
  replicas: 1,
  cpu: 100,
  memory: 128,
  apart: false,
  ...given,
})

test('what fits by its sum alone is refused when no node has room for a whole pod', () => {
  // 3 × 3 vCPU in 3 × 4 would leave 3 for another one, but 1 on each node.
  const { unplaced } = pack(node, 3, [pods('large', { replicas: 4, cpu: 3000 })])
  expect(unplaced).toEqual([{ name: 'large', pods: 1, shortage: '2 vCPU for one pod on the emptiest node' }])
})

test('a shortage of memory and one of addresses are named', () => {
  expect(pack(node, 1, [pods('wide', { memory: 9000 })]).unplaced).toEqual([
    { name: 'wide', pods: 1, shortage: '808 MiB of memory for one pod on the emptiest node' },
  ])
  expect(pack(node, 1, [pods('many', { replicas: 23 })]).unplaced).toEqual([
    { name: 'many', pods: 3, shortage: 'a pod address for one pod on the emptiest node' },
  ])
})

test('pods that must stand apart take a node each', () => {
  const three = [pods('apart', { replicas: 3, apart: true })]
  expect(pack(node, 3, three).nodes.map((used) => used.pods)).toEqual([1, 1, 1])
  expect(pack(node, 2, three).unplaced).toEqual([
    { name: 'apart', pods: 1, shortage: 'a node that holds none of its pods yet' },
  ])
  expect(nodesFor(node, three)).toBe(3)
})

test('a pod larger than a node fits no number of nodes', () => {
  expect(nodesFor(node, [pods('giant', { cpu: 4001 })])).toBeUndefined()
})

describe('whatever the pods', () => {
  const workload = fc.record({
    name: fc.string({ minLength: 1, maxLength: 5 }),
    replicas: fc.integer({ min: 0, max: 12 }),
    cpu: fc.integer({ min: 0, max: 4200 }),
    memory: fc.integer({ min: 0, max: 8600 }),
    apart: fc.boolean(),
  })
  const workloads = fc.uniqueArray(workload, { selector: ({ name }) => name, maxLength: 12 })
  const sizes = fc.integer({ min: 0, max: 12 })

  test('no node is overfilled, and each pod is placed or named as unplaced', () => {
    fc.assert(
      fc.property(workloads, sizes, (all, count) => {
        const { nodes, unplaced } = pack(node, count, all)
        for (const used of nodes)
          for (const part of ['cpu', 'memory', 'pods'] as const) expect(used[part]).toBeLessThanOrEqual(node[part])
        const sum = (part: 'cpu' | 'memory') => all.reduce((total, one) => total + one[part] * one.replicas, 0)
        const missing = (part: 'cpu' | 'memory') =>
          unplaced.reduce((total, { name, pods: left }) => {
            const one = all.find((candidate) => candidate.name === name) as Pods
            expect(left).toBeGreaterThan(0)
            expect(left).toBeLessThanOrEqual(one.replicas)
            return total + one[part] * left
          }, 0)
        for (const part of ['cpu', 'memory'] as const)
          expect(nodes.reduce((total, used) => total + used[part], 0) + missing(part)).toBe(sum(part))
      }),
    )
  })

  test('a further node never leaves more pods without a place', () => {
    fc.assert(
      fc.property(workloads, sizes, (all, count) => {
        const left = (nodes: number) =>
          pack(node, nodes, all).unplaced.reduce((sum, { pods: unplaced }) => sum + unplaced, 0)
        expect(left(count + 1)).toBeLessThanOrEqual(left(count))
      }),
    )
  })

  test('without the smallest workload, all others stand where they stood', () => {
    fc.assert(
      fc.property(workloads, sizes, (all, count) => {
        const whole = pack(node, count, all)
        // Smaller than all others: it is placed last.
        const least = pods('least', { replicas: 5, cpu: 0, memory: 0 })
        const more = pack(node, count, [least, ...all])
        const known = new Set(whole.unplaced.map(({ name }) => name))
        for (const { name } of more.unplaced) if (name !== 'least') expect(known.has(name)).toBe(true)
      }),
    )
  })

  test('the number of nodes that is named is enough, and it is never below what the sums ask for', () => {
    fc.assert(
      fc.property(workloads, (all) => {
        const enough = nodesFor(node, all)
        if (enough === undefined) return
        expect(pack(node, enough, all).unplaced).toEqual([])
        const sum = (part: 'cpu' | 'memory') => all.reduce((total, one) => total + one[part] * one.replicas, 0)
        for (const part of ['cpu', 'memory'] as const)
          expect(enough).toBeGreaterThanOrEqual(Math.ceil(sum(part) / node[part]))
      }),
    )
  })
})
