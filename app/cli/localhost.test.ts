import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchLocal } from './localhost.ts'

const server = createServer((request, response) => response.end(request.headers.host))
let port: number

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

it('finds names below localhost on this machine, and keeps them in Host', async () => {
  const response = await fetchLocal(`http://aozora.localhost:${port}/`)
  expect(await response.text()).toBe(`aozora.localhost:${port}`)
})

it('leaves other names to the system', async () => {
  await expect(fetchLocal(`http://aozora.localhost.example:${port}/`)).rejects.toThrow('fetch failed')
  expect((await fetchLocal(`http://127.0.0.1:${port}/`)).status).toBe(200)
})
