import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/setup/folder.ts'
import { embed, embedded } from './embed.ts'

const declared = {
  cell: 'north',
  database: {
    host: 'pgpool.data.svc',
    port: 9999,
    tls: true,
    ca: '/etc/kura/ca.crt',
    provisioner: 'kura_provisioner',
    control: 'kura',
    login: 'b',
    connections: 24,
  },
  search: { kind: 'elasticsearch', url: 'https://search.example', user: 'kura', ca: '/etc/kura/ca.crt' },
  queue: { kind: 'rabbitmq', url: 'amqps://queue.example', user: 'kura' },
  objects: { kind: 's3', endpoint: 'https://objects.example', region: 'north', bucket: 'contents' },
  cache: { kind: 'redis', url: 'rediss://cache.example', user: 'kura' },
  scanner: { kind: 'clamd', host: 'scanner.example', port: 3310, largest: 1_000_000_000 },
  scratch: '/var/lib/kura',
  web: { port: 8080, addresses: ['::'], proxies: 2, rates: { reads: 600, searches: 60, writes: 60 } },
  internal: { port: 9090, addresses: ['::'] },
  worker: { sweep: 120 },
}
const tenant = {
  id: 'hill-college',
  hosts: ['hill.example', 'www.hill.example'],
  url: 'https://hill.example',
  cell: 'north',
  state: 'readonly',
  timeZone: 'Asia/Tokyo',
  limits: { storage: 10, upload: 1, connections: 3 },
  initial: {
    name: { ja: '丘大学' },
    languages: ['ja'],
    colour: '#1a5276',
    contact: 'library@hill.example',
    links: [],
  },
}

let folder: string
let remove: () => Promise<void>
const read = async (path: string) => JSON.parse(await readFile(join(folder, path), 'utf8'))

beforeAll(async () => {
  const temporary = await temporaryFolder()
  folder = temporary.folder
  remove = temporary.remove
  await mkdir(join(folder, 'tenants'))
  await writeFile(join(folder, 'kura.json'), JSON.stringify(declared))
  await writeFile(join(folder, 'tenants/hill-college.json'), JSON.stringify(tenant))
  embed(folder, {
    database: { host: '127.0.0.1', port: 5433, tls: false },
    services: embedded('/objects'),
    scratch: '/scratch',
    port: 8081,
    web: { port: 8082, proxies: 1 },
    internal: 9091,
  })
})
afterAll(() => remove())

it('puts embedded services in the place of the declared ones, and leaves everything else of a cell', async () => {
  const { ca: _, ...database } = declared.database
  expect(await read('kura.json')).toEqual({
    ...declared,
    database: { ...database, host: '127.0.0.1', port: 5433, tls: false },
    search: { kind: 'postgresql' },
    queue: { kind: 'outbox' },
    objects: { kind: 'folder', path: '/objects' },
    cache: { kind: 'memory' },
    scanner: { kind: 'none' },
    scratch: '/scratch',
    web: { ...declared.web, port: 8082, addresses: ['127.0.0.1', '::1'], proxies: 1 },
    internal: { port: 9091, addresses: ['127.0.0.1', '::1'] },
  })
})

it('gives an institution a host on this machine, and leaves everything else of it', async () => {
  expect(await read('tenants/hill-college.json')).toEqual({
    ...tenant,
    hosts: ['hill-college.localhost'],
    url: 'http://hill-college.localhost:8081',
  })
})
