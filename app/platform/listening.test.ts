import { once } from 'node:events'
import { request } from 'node:http'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { freePort } from '../../test/support/free-port.ts'
import { listen } from './listening.ts'

it('serves on every address that the machine has', async () => {
  const at = { port: await freePort('127.0.0.1'), addresses: ['127.0.0.1', '192.0.2.1'] }
  const end = await listen(
    new Hono().get('/', (c) => c.text('here')),
    at,
  )
  expect(await (await fetch(`http://127.0.0.1:${at.port}/`)).text()).toBe('here')
  await end()
  await expect(listen(new Hono(), { ...at, addresses: ['192.0.2.1'] })).rejects.toThrow('EADDRNOTAVAIL')
})

it('gives an upload all the time that it needs, and ends when it has been answered', async () => {
  const at = { port: await freePort('127.0.0.1'), addresses: ['127.0.0.1'] }
  let limit: number | undefined
  const app = new Hono<{ Bindings: { incoming: { socket: { server: { requestTimeout: number } } } } }>()
  app.post('/', async (c) => {
    limit = c.env.incoming.socket.server.requestTimeout
    return c.text(await c.req.text())
  })
  const end = await listen(app, at)
  const sending = request({ port: at.port, host: '127.0.0.1', method: 'POST' })
  sending.write('first ')
  await expect.poll(() => limit).toBe(0)
  const ended = end()
  const answered = once(sending, 'response')
  sending.end('last')
  const [response] = await answered
  expect((await response.toArray()).join('')).toBe('first last')
  await ended
})
