import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { fc } from '../../../test/support/property.ts'
import { Turns } from './turns.ts'

const staying = new AbortController().signal

/** Clients that ask, in order; what has begun is noted, and ends when it is told to. */
function among(turns: Turns) {
  const begun: { client: string; end: () => void }[] = []
  let served = 0
  let refused = 0
  return {
    begun,
    names: () => begun.map(({ client }) => client).join(' '),
    served: () => served,
    refused: () => refused,
    ask(client: string, gone: AbortSignal = staying) {
      turns.take(client, gone).then((end) => {
        if (end) begun.push({ client, end })
        if (end) served++
        else refused++
      })
    },
    async endOne(index = 0) {
      begun.splice(index, 1)[0]?.end()
      await setImmediate()
    },
  }
}

it('begins at once what there is room for', async () => {
  const room = among(new Turns(3, 2))
  for (const client of ['a', 'a', 'a', 'b']) room.ask(client)
  await setImmediate()
  expect(room.names()).toBe('a a b')
})

it('lets clients take turns, however many requests one of them has waiting', async () => {
  const room = among(new Turns(1, 1))
  for (const client of ['a', 'a', 'a', 'a', 'b', 'b', 'c']) room.ask(client)
  await setImmediate()
  const order: string[] = []
  while (room.begun.length > 0) {
    order.push(room.names())
    await room.endOne()
  }
  expect(order.join(' ')).toBe('a a b c a b a')
})

it('passes over whom nobody waits for any more', async () => {
  const room = among(new Turns(1, 1))
  const leaving = new AbortController()
  room.ask('a')
  room.ask('b', leaving.signal)
  room.ask('c')
  leaving.abort()
  await setImmediate()
  await room.endOne()
  expect(room.names()).toBe('c')
  expect(room.refused()).toBe(1)
  room.ask('c', leaving.signal)
  await setImmediate()
  expect(room.refused()).toBe(2)
})

it('refuses a client that has a hundred waiting, and nobody else', async () => {
  const room = among(new Turns(2, 1))
  for (let i = 0; i < 102; i++) room.ask('a')
  room.ask('b')
  await setImmediate()
  expect(room.names()).toBe('a b')
  expect(room.refused()).toBe(1)
})

it('works on no more than it may, leaves no room empty, and comes to everyone', async () => {
  const event = fc.oneof(
    fc.record({ asks: fc.constantFrom('a', 'b', 'c', 'd') }),
    fc.record({ ends: fc.nat(10) }),
    fc.record({ leaves: fc.nat(10) }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(event, { maxLength: 60 }),
      async (most, each, events) => {
        const room = among(new Turns(most, each))
        const asked: { client: string; controller: AbortController }[] = []
        for (const event of events) {
          if ('asks' in event) {
            const controller = new AbortController()
            asked.push({ client: event.asks, controller })
            room.ask(event.asks, controller.signal)
          } else if ('ends' in event) await room.endOne(event.ends % Math.max(1, room.begun.length))
          else asked[event.leaves % Math.max(1, asked.length)]?.controller.abort()
          await setImmediate()
          const working = Map.groupBy(room.begun, ({ client }) => client)
          expect(room.begun.length).toBeLessThanOrEqual(most)
          for (const requests of working.values()) expect(requests.length).toBeLessThanOrEqual(each)
        }
        while (room.begun.length > 0) await room.endOne()
        expect(room.served() + room.refused()).toBe(asked.length)
        for (let i = 0; i < most; i++) room.ask(`new${i}`)
        await setImmediate()
        expect(room.begun.length).toBe(most)
      },
    ),
  )
})
