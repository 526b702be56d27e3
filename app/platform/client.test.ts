import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { clientOf } from './client.ts'

/** Who the application takes a request to be from. */
async function client(proxies: number, forwarded: string | undefined, socket = '192.0.2.1'): Promise<unknown> {
  const app = new Hono().get('/', (c) => c.json(clientOf(c, proxies) ?? null))
  const headers = forwarded === undefined ? undefined : { 'x-forwarded-for': forwarded }
  const answer = await app.request('/', headers && { headers }, { incoming: { socket: { remoteAddress: socket } } })
  return await answer.json()
}

it.each([
  ['no proxy, and the connection alone counts', 0, '198.51.100.7', '192.0.2.1'],
  ['one proxy, and the last address counts', 1, '198.51.100.7', '198.51.100.7'],
  ['two proxies, and the last but one counts', 2, '203.0.113.9, 198.51.100.7,10.0.0.1', '198.51.100.7'],
  ['two proxies and one address, which a client has sent past one of them', 2, '198.51.100.7', null],
  ['a proxy that says nothing', 1, undefined, null],
  ['what is no address', 1, 'unknown', null],
  ['an address with a port', 1, '198.51.100.7:4711', null],
  ['an abbreviated address', 1, '127.1', null],
  ['an address of IPv4 written as one of IPv6', 1, '::ffff:198.51.100.7', '198.51.100.7'],
])('knows the client behind %s', async (_, proxies, forwarded, expected) => {
  expect(await client(proxies, forwarded)).toBe(expected)
})

it('takes all addresses of a line for one client, and its neighbour for another', async () => {
  const line = await client(1, '2001:db8:0:7::1')
  expect(await client(1, '2001:0DB8:0000:0007:ffff:1:2:3')).toBe(line)
  expect(await client(1, '2001:db8:0:8::1')).not.toBe(line)
  expect(await client(0, undefined, '2001:db8:0:7::2')).toBe(line)
})

it('is not deceived by what a client writes left of what our proxies write', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[ -~]{0,20}$/)), { maxLength: 5 }),
      fc.array(fc.ipV4(), { minLength: 1, maxLength: 4 }),
      async (forged, ours) => {
        const [theirs] = ours
        expect(await client(ours.length, [...forged, ...ours].join(', '))).toBe(theirs)
      },
    ),
  )
})
