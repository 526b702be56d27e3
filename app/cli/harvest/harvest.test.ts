import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { depositor, jsonOf } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { type Listed, listed, oaiAnswer, oaiList } from '../../../test/support/oai-list.ts'
import { listenFor, serve } from '../../../test/support/sockets.ts'
import type { Harvest } from '../../harvests/harvest.ts'
import { harvest, type Options, type Source } from './index.ts'
import { redirected } from './repository.ts'

/** A repository that behaves as repositories do, and worse. */

let kura: Institutions
let sockets: Awaited<ReturnType<typeof listenFor>>
let repository: Awaited<ReturnType<typeof serve>>
let id: string
let token: string

type Asked = Record<string, string>
let asked: Asked[] = []
let headers: Headers[] = []
/** What the repository answers to ListRecords: the n-th time, and what was asked. */
let answer: (asked: Asked, time: number) => Response | string
let identify: string
let formats: string[]

const xml = (body: string | Uint8Array<ArrayBuffer>, more: Record<string, string> = {}) =>
  new Response(body, { headers: { 'content-type': 'text/xml', ...more } })

beforeAll(async () => {
  kura = await openInstitutions(['harvester'])
  sockets = await listenFor(kura)
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  repository = await serve((request) => {
    const parameters = Object.fromEntries(new URL(request.url).searchParams)
    headers.push(request.headers)
    if (parameters.verb === 'Identify') return xml(identify)
    if (parameters.verb === 'ListMetadataFormats')
      return xml(
        oaiAnswer(
          `<ListMetadataFormats>${formats.map((prefix) => `<metadataFormat><metadataPrefix>${prefix}</metadataPrefix></metadataFormat>`).join('')}</ListMetadataFormats>`,
        ),
      )
    asked.push(parameters)
    const given = answer(parameters, asked.length)
    return typeof given === 'string' ? xml(given) : given
  })
})
afterAll(async () => {
  await repository.close()
  await sockets.close()
  await kura.close()
})

let name = 0
beforeEach(() => {
  asked = []
  headers = []
  name += 1
  formats = ['oai_dc', 'jpcoar_1.0', 'jpcoar']
  identify = oaiAnswer(
    '<Identify><protocolVersion>2.0</protocolVersion><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>',
  )
})

/** Each test has a repository of its own: another address, and other identifiers. */
const baseUrl = () => `http://127.0.0.1:${repository.port}/${name}/oai`
const record = (n: number, title = `Record ${n}`): Listed => listed(`oai:old${name}.example:${n}`, title)
const run = (source: Partial<Source> = {}, options: Partial<Options> = {}) =>
  Array.fromAsync(
    harvest(
      { url: sockets.url(id), token },
      { baseUrl: baseUrl(), ...source },
      { pause: 0, overlap: 0, collections: [], ...options },
    ),
  )
const statuses = async (outcomes: ReturnType<typeof run>) => (await outcomes).map(({ status }) => status)
const kept = async () => {
  const staff = depositor(kura, id, token)
  const { harvests } = await jsonOf<{ harvests: Harvest[] }>(staff.api('/harvests'))
  return harvests.find((each) => each.baseUrl === baseUrl())
}
const IMPORTED = 'imported'
const nothing = (responseDate?: string) => oaiAnswer('<error code="noRecordsMatch"/>', responseDate)
/** Page after page, by the number that the token is. */
const pages =
  (...all: string[]) =>
  ({ resumptionToken = '0' }: Asked) =>
    all[Number(resumptionToken)] as string

describe('a repository', () => {
  it('is told who asks and whom to write to, and nothing else about them', async () => {
    answer = () => nothing()
    await run()
    expect(headers.length).toBeGreaterThan(2)
    for (const each of headers) {
      expect(each.get('user-agent')).toBe(`Kura (+https://${id}.example; mailto:library@${id}.example)`)
      expect(each.get('from')).toBe(`library@${id}.example`)
      expect(each.get('authorization')).toBeNull()
      expect(each.get('cookie')).toBeNull()
    }
  })

  it('is asked in the best format that it has, or in the one that is wanted, from then on', async () => {
    answer = () => nothing()
    await run()
    await run()
    await run({ prefix: 'oai_dc' })
    await run()
    expect(asked.map(({ metadataPrefix, from }) => [metadataPrefix, from !== undefined])).toEqual([
      ['jpcoar', false],
      ['jpcoar', true],
      ['oai_dc', false],
      ['oai_dc', true],
    ])
  })

  it('that has no format that is understood says which it has', async () => {
    formats = ['marcxml', 'mods']
    await expect(run()).rejects.toThrow('The repository has marcxml, mods; understood are jpcoar_2.1')
    await expect(run({ prefix: 'jpcoar' })).rejects.toThrow('jpcoar was asked for')
  })

  it.each([
    ['YYYY-MM-DDThh:mm:ssZ', 0, '2026-04-02T03:04:05Z'],
    ['YYYY-MM-DDThh:mm:ssZ', 24, '2026-04-01T03:04:05Z'],
    ['YYYY-MM-DD', 0, '2026-04-02'],
    ['YYYY-MM-DD', 24, '2026-04-01'],
  ])(
    'of granularity %s is asked from its last responseDate on, %i hours earlier',
    async (granularity, overlap, from) => {
      identify = identify.replace('YYYY-MM-DDThh:mm:ssZ', granularity)
      answer = (_, time) => nothing(time === 1 ? '2026-04-02T03:04:05Z' : '2026-04-03T00:00:00Z')
      await run({ set: 'a:b' }, { overlap })
      await run({ set: 'a:b' }, { overlap })
      expect(asked).toEqual([
        { verb: 'ListRecords', metadataPrefix: 'jpcoar', set: 'a:b' },
        { verb: 'ListRecords', metadataPrefix: 'jpcoar', set: 'a:b', from },
      ])
    },
  )

  it('is asked again from the first responseDate of a list that took long', async () => {
    const dated = (page: string, date: string) => page.replace('2026-04-02T00:00:00Z</resp', `${date}</resp`)
    answer = pages(
      dated(oaiList([record(1)], { token: '1' }), '2026-04-02T01:00:00Z'),
      dated(oaiList([record(2)], { token: '' }), '2026-04-02T09:00:00Z'),
    )
    await run()
    expect((await kept())?.until).toBe('2026-04-02T01:00:00.000Z')
  })

  it('that does not say when, is asked for the same again', async () => {
    answer = () => oaiList([record(1)]).replace(/<responseDate>.*<\/responseDate>/, '<responseDate>now</responseDate>')
    await run()
    await run()
    expect(asked.map(({ from }) => from)).toEqual([undefined, undefined])
  })

  it('that ends its list with an empty token, or has no record at all, is done', async () => {
    answer = () => oaiList([record(1)], { token: '' })
    expect(await statuses(run())).toEqual([IMPORTED])
    answer = () => oaiList([])
    expect(await statuses(run())).toEqual([])
    expect(await kept()).toMatchObject({ counts: { imported: 0 }, completedAt: expect.any(String) })
  })

  it('may pack its answers, and send requests on', async () => {
    answer = (parameters) =>
      parameters.moved
        ? xml(gzipSync(oaiList([record(1)])) as Uint8Array<ArrayBuffer>, { 'content-encoding': 'gzip' })
        : new Response(null, {
            status: 302,
            headers: { location: `?${new URLSearchParams({ ...parameters, moved: '1' })}` },
          })
    expect(await statuses(run())).toEqual([IMPORTED])
    expect(headers.at(-1)?.get('accept-encoding')).toBe('gzip')
  })

  it('has its one bad record rejected, and the others taken', async () => {
    answer = () =>
      oaiList([record(1), { identifier: `oai:old${name}.example:2`, metadata: '<x xmlns="urn:x"/>' }, record(3)])
    expect(await statuses(run())).toEqual([IMPORTED, 'rejected', IMPORTED])
    expect((await kept())?.counts).toEqual({ imported: 2, updated: 0, unchanged: 0, withdrawn: 0, rejected: 1 })
  })

  it('may have its records put into a collection', async () => {
    const staff = depositor(kura, id, token)
    const { id: collection } = await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: '収集' } }))
    answer = () => oaiList([record(1)])
    await run({}, { collections: [String(collection)] })
    const rows = await kura.tenant(id).db.selectFrom('item_collection').select('collection').execute()
    expect(rows).toEqual([{ collection }])
    answer = () => oaiList([record(2)])
    await expect(run({}, { collections: ['999'] })).rejects.toThrow('There is no collection 999')
    expect(await statuses(run())).toEqual([IMPORTED])
  })
})

describe('a repository that is busy', () => {
  const busy = (status: number, more: Record<string, string> = {}) => new Response('Sorry', { status, headers: more })

  it.each([429, 500, 502, 503, 504])('(%i) is asked again', async (status) => {
    answer = (_, time) => (time < 4 ? busy(status) : oaiList([record(1)]))
    expect(await statuses(run())).toEqual([IMPORTED])
  })

  it('is left alone for as long as it asks for', async () => {
    answer = (_, time) => (time === 1 ? busy(503, { 'retry-after': '1' }) : oaiList([record(1)]))
    const began = Date.now()
    await run()
    // No sooner; how much later is the machine's affair.
    expect(Date.now() - began).toBeGreaterThanOrEqual(990)
  })

  it.each([
    ['an hour', '3600'],
    ['a day that is far away', new Date(Date.now() + 3_600_000).toUTCString()],
  ])('and asks to be left alone for %s, ends the run, which keeps its place', async (_, after) => {
    answer = ({ resumptionToken }) =>
      resumptionToken ? busy(503, { 'retry-after': after }) : oaiList([record(1)], { token: 'next' })
    await expect(run()).rejects.toThrow(/asks to be left alone for 3[56]\d\d s/)
    expect(await kept()).toMatchObject({
      list: { resumptionToken: 'next' },
      counts: { imported: 1 },
      lastError: expect.stringContaining('left alone'),
    })
    answer = () => oaiList([record(2)])
    expect(await statuses(run())).toEqual([IMPORTED])
    expect(await kept()).not.toHaveProperty('lastError')
  })

  it('for ever is given up', async () => {
    answer = () => busy(503)
    await expect(run()).rejects.toThrow('does not answer: it answered 503')
    expect(asked).toHaveLength(6)
  })

  it('and breaks off in the middle is asked again', async () => {
    answer = (_, time) =>
      time === 1
        ? new Response(
            new ReadableStream({
              start(controller) {
                controller.enqueue(new TextEncoder().encode('<?xml version="1.0"?>'))
                setTimeout(repository.cut, 20)
              },
            }),
          )
        : oaiList([record(1)])
    expect(await statuses(run())).toEqual([IMPORTED])
  })

  it('is told from one that is not there', async () => {
    await expect(run({ baseUrl: 'http://127.0.0.1:1/oai' })).rejects.toThrow('127.0.0.1:1 does not answer')
  })
})

it.each([
  ['<deletedRecord>persistent</deletedRecord>', 'persistent'],
  ['<deletedRecord>transient</deletedRecord>', 'transient'],
  ['<deletedRecord>no</deletedRecord>', 'no'],
  ['', 'no'],
])('hears how long the repository says what it has deleted, of %j', async (said, expected) => {
  identify = identify.replace('</Identify>', `${said}</Identify>`)
  answer = () => nothing()
  const heard: string[] = []
  await run({}, { deletions: (kept) => heard.push(kept) })
  expect(heard).toEqual([expected])
})

describe('a token', () => {
  it.each([
    ['by the protocol', () => oaiAnswer('<error code="badResumptionToken"/>')],
    ['by HTTP 400', () => new Response('gone', { status: 400 })],
    ['by HTTP 404', () => new Response('gone', { status: 404 })],
    ['by HTTP 410', () => new Response('gone', { status: 410 })],
    ['by HTTP 422', () => new Response('gone', { status: 422 })],
  ])('that is not taken any more (%s) begins the same list again', async (_, refusal) => {
    answer = () => nothing('2026-04-01T00:00:00Z')
    await run()
    let expired = true
    answer = ({ resumptionToken }) => {
      if (!resumptionToken) return oaiList([record(1)], { token: 'second' })
      if (!expired) return oaiList([record(2)])
      expired = false
      return refusal()
    }
    expect(await statuses(run())).toEqual([IMPORTED, 'unchanged', IMPORTED])
    const from = '2026-04-01T00:00:00Z'
    expect(asked.slice(1)).toMatchObject([
      { from },
      { resumptionToken: 'second' },
      { from },
      { resumptionToken: 'second' },
    ])
  })

  it.each([401, 403])('is kept where the repository lets nobody in for a while, with %i', async (status) => {
    let closed = true
    answer = ({ resumptionToken }) => {
      if (!resumptionToken) return oaiList([record(1)], { token: 'second' })
      return closed ? new Response('no', { status }) : oaiList([record(2)])
    }
    await expect(run()).rejects.toThrow(`it answered ${status}`)
    expect(await kept()).toMatchObject({ list: { resumptionToken: 'second' } })
    closed = false
    expect(await statuses(run())).toEqual([IMPORTED])
  })

  it('that is never taken is noticed', async () => {
    answer = ({ resumptionToken }) =>
      resumptionToken ? oaiAnswer('<error code="badResumptionToken"/>') : oaiList([record(1)], { token: 'x' })
    await expect(run()).rejects.toThrow('did not take its own token')
    expect(await kept()).not.toHaveProperty('list')
  })

  it.each([
    ['the same each time', () => 'again'],
    ['another each time', (time: number) => `t${time}`],
  ])('that leads round in a circle, %s, is noticed', async (_, tokenOf) => {
    answer = (_, time) => oaiList([record(1)], { token: tokenOf(time) })
    await expect(run()).rejects.toThrow('goes round in a circle')
    expect(asked).toHaveLength(2)
    expect(await kept()).not.toHaveProperty('list')
  })

  it('that leads round by way of other pages is noticed', async () => {
    answer = pages(
      oaiList([record(1)], { token: '1' }),
      oaiList([record(2)], { token: '2' }),
      oaiList([record(3)], { token: '1' }),
    )
    await expect(run()).rejects.toThrow('goes round in a circle')
    expect(asked).toHaveLength(4)
  })

  it('may be the same for different pages', async () => {
    answer = (_, time) => oaiList([record(time)], time < 4 ? { token: 'cursor' } : {})
    expect(await statuses(run())).toEqual([IMPORTED, IMPORTED, IMPORTED, IMPORTED])
  })

  it('that leads through empty pages for ever is noticed', async () => {
    answer = (_, time) => oaiList([], { token: `t${time}` })
    await expect(run()).rejects.toThrow('100 pages without a record')
  })
})

describe('an answer', () => {
  const DAMAGED = (page: string) => page.replace('</dc:title>', '</dc:titel>')

  it('that is not well-formed ends the run, and none of it is taken; the next goes on there', async () => {
    const [first, second] = [oaiList([record(1)], { token: '1' }), oaiList([record(2), record(3)])]
    answer = pages(first, DAMAGED(second))
    await expect(run()).rejects.toThrow(/^The repository's answer is not well-formed at line \d+, column \d+/)
    expect(await kept()).toMatchObject({ list: { resumptionToken: '1' }, counts: { imported: 1 } })
    asked = []
    answer = pages(first, second)
    expect(await statuses(run())).toEqual([IMPORTED, IMPORTED])
    expect(asked).toEqual([{ verb: 'ListRecords', resumptionToken: '1' }])
  })

  it('that unpacks to more than it may is not unpacked to its end', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 2 ** 20, ' ')) as Uint8Array<ArrayBuffer>
    expect(bomb.length).toBeLessThan(300_000)
    answer = () => xml(bomb, { 'content-encoding': 'gzip' })
    await expect(run()).rejects.toThrow('sent more than 64 MiB in one answer')
    expect(asked).toHaveLength(1)
  })

  it.each([
    [
      'a page for readers',
      '<html><body>Maintenance</body></html>',
      'is no answer of OAI-PMH 2.0: it begins with <html>',
    ],
    [
      'an error of the protocol',
      oaiAnswer('<error code="badArgument">No.</error>'),
      'refuses ListRecords: badArgument: No.',
    ],
    ['a DOCTYPE', '<!DOCTYPE x><x/>', 'DOCTYPE'],
  ])('that is %s says so', async (_, body, words) => {
    answer = () => body
    await expect(run()).rejects.toThrow(words)
    expect((await kept())?.lastError).toContain(words)
  })

  it('of another protocol is none', async () => {
    identify = oaiAnswer('<Identify><protocolVersion>1.1</protocolVersion></Identify>')
    await expect(run()).rejects.toThrow('does not speak OAI-PMH 2.0')
  })

  it.each([
    ['another scheme', 'file:///etc/passwd', 'is no address of a repository'],
    ['an address with a password', 'http://a:b@127.0.0.1/', 'must not hold a name or a password'],
    ['itself', '?verb=ListRecords', 'on more than 5 times'],
  ])('that sends on to %s is refused', async (_, location, words) => {
    answer = () => new Response(null, { status: 301, headers: { location } })
    await expect(run()).rejects.toThrow(words)
  })

  it('that refuses is not asked again', async () => {
    answer = () => new Response('no', { status: 403 })
    await expect(run()).rejects.toThrow('refuses the request: it answered 403')
    expect(asked).toHaveLength(1)
  })
})

it('follows an address to another that is as safe', () => {
  const to = (from: string, location: string) => redirected(new URL(from), location).href
  expect(to('http://old.example/oai?verb=Identify', 'https://new.example/oai')).toBe('https://new.example/oai')
  expect(to('https://old.example/oai?verb=Identify', '/oai2?verb=Identify')).toBe(
    'https://old.example/oai2?verb=Identify',
  )
  expect(() => to('https://old.example/oai', 'http://old.example/oai')).toThrow('is not encrypted')
})

it('does not harvest the institution itself', async () => {
  await expect(run({ baseUrl: `${sockets.url(id)}/oai` })).rejects.toThrow('is this institution itself')
})

it.each(['old.example/oai', 'file:///etc/passwd', 'https://me:secret@old.example/oai', ''])(
  'does not take %j for the address of a repository',
  async (address) => {
    await expect(run({ baseUrl: address })).rejects.toMatchObject({ name: 'PlainError' })
  },
)
