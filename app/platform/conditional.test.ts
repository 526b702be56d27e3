import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { conditional, etagOf, lastModified, whole } from './conditional.ts'
import type { Problem } from './problem.ts'

const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT'
const PAGE = '<p>蔵</p>'
const TAG = etagOf(PAGE)

let pulled = 0
const app = new Hono()
  .use(conditional())
  .get('/page', (c) => {
    c.header('last-modified', DATE)
    c.header('vary', 'Accept-Language, Cookie')
    c.header('content-language', 'ja')
    c.header('link', '<https://kura.example/>; rel="cite-as"')
    c.header('set-cookie', 'lang=ja')
    return c.html(PAGE)
  })
  .get('/json', (c) => c.json({ a: 1 }))
  .get('/whole', (c) => whole(c, 'User-agent: *', 'text/plain'))
  .get('/weak', (c) => c.body('x', 200, { etag: 'W/"x"' }))
  .get('/dated', (c) => c.body('x', 200, { 'last-modified': DATE }))
  .get('/private', (c) => c.html(PAGE, 200, { 'cache-control': 'private, no-store' }))
  .get('/revision', (c) => c.json({}, 200, { etag: '"5"', 'cache-control': 'private, no-store' }))
  .get('/kept', (c) => c.html(PAGE, 200, { 'cache-control': 'public, max-age=60' }))
  .get('/moved', (c) => c.redirect('/page', 301))
  .get('/missing', (c) => c.html(PAGE, 404))
  .get('/stream', (c) =>
    c.body(
      new ReadableStream({
        pull(controller) {
          pulled += 1
          if (pulled > 3) controller.close()
          else controller.enqueue(new TextEncoder().encode('x'))
        },
      }),
      200,
      { 'content-type': 'application/x-ndjson' },
    ),
  )
  .post('/page', (c) => c.html(PAGE))
app.onError((error, c) => c.body((error as Problem).message, (error as Problem).status ?? 500))

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  app.request(path, { headers, method })
const statusOf = async (path: string, headers: Record<string, string>, method?: string) =>
  (await ask(path, headers, method)).status

describe('a page', () => {
  it('has the entity tag of its content, and may be kept but is asked for each time', async () => {
    const { headers } = await ask('/page')
    expect(headers.get('etag')).toBe(TAG)
    expect(headers.get('cache-control')).toBe('no-cache')
  })

  it.each([[TAG], [`W/${TAG}`], [`"other", ${TAG}`], [`"with, comma",W/${TAG}`], ['*']])(
    'is not sent to who has %s',
    async (tags) => {
      const response = await ask('/page', { 'if-none-match': tags })
      expect(response.status).toBe(304)
      expect(await response.text()).toBe('')
      // The copy that is used instead is brought up to date by these; it keeps what its content is.
      expect(Object.fromEntries(response.headers)).toEqual({
        etag: TAG,
        'cache-control': 'no-cache',
        'last-modified': DATE,
        vary: 'Accept-Language, Cookie',
        'content-language': 'ja',
        link: '<https://kura.example/>; rel="cite-as"',
        'set-cookie': 'lang=ja',
      })
    },
  )

  it.each([['"other"'], [''], [TAG.slice(0, -1)], ['W/"x"']])('is sent to who has %s', async (tags) => {
    expect(await statusOf('/page', { 'if-none-match': tags })).toBe(200)
  })

  it.each([
    [DATE],
    ['Sunday, 06-Nov-94 08:49:37 GMT'],
    ['Sun Nov  6 08:49:37 1994'],
    ['Sun, 06 Nov 1994 08:49:38 GMT'],
  ])('is not sent to who has it from %s', async (date) => {
    expect(await statusOf('/page', { 'if-modified-since': date })).toBe(304)
  })

  it.each([['Sun, 06 Nov 1994 08:49:36 GMT'], ['yesterday'], ['1994-11-06'], ['']])(
    'is sent to who has it from %s',
    async (date) => {
      expect(await statusOf('/page', { 'if-modified-since': date })).toBe(200)
    },
  )

  it('is sent by its tag, whatever the date says', async () => {
    expect(await statusOf('/page', { 'if-none-match': '"other"', 'if-modified-since': DATE })).toBe(200)
    expect(
      await statusOf('/page', { 'if-none-match': TAG, 'if-modified-since': 'Sun, 06 Nov 1994 08:49:36 GMT' }),
    ).toBe(304)
  })

  it('is judged alike for HEAD, and not at all for POST', async () => {
    expect((await ask('/page', {}, 'HEAD')).headers.get('etag')).toBe(TAG)
    expect(await statusOf('/page', { 'if-none-match': TAG }, 'HEAD')).toBe(304)
    const posted = await ask('/page', { 'if-none-match': TAG }, 'POST')
    expect([posted.status, posted.headers.get('etag')]).toEqual([200, null])
  })

  it('is refused to who means another', async () => {
    expect(await statusOf('/page', { 'if-match': '"other"' })).toBe(412)
    expect(await statusOf('/page', { 'if-match': `W/${TAG}` })).toBe(412)
    expect(await statusOf('/page', { 'if-match': `"other", ${TAG}` })).toBe(200)
    expect(await statusOf('/page', { 'if-match': '*' })).toBe(200)
    expect(await statusOf('/page', { 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:36 GMT' })).toBe(412)
    expect(await statusOf('/page', { 'if-unmodified-since': DATE })).toBe(200)
    expect((await ask('/page', { 'if-match': '"other"' })).headers.get('etag')).toBeNull()
  })
})

describe('any other answer', () => {
  it('that is made whole has a tag too', async () => {
    expect((await ask('/json')).headers.get('etag')).toBe(etagOf('{"a":1}'))
    const { headers } = await ask('/whole')
    expect(await statusOf('/whole', { 'if-none-match': headers.get('etag') as string })).toBe(304)
  })

  it('is judged by the validators that it has', async () => {
    expect(await statusOf('/weak', { 'if-none-match': '"x"' })).toBe(304)
    expect(await statusOf('/weak', { 'if-match': 'W/"x"' })).toBe(412)
    expect(await statusOf('/dated', { 'if-modified-since': DATE })).toBe(304)
    expect(await statusOf('/dated', { 'if-none-match': '"x"', 'if-modified-since': DATE })).toBe(200)
    expect(await statusOf('/revision', { 'if-none-match': '"5"' })).toBe(304)
  })

  it('that nobody may keep gets none', async () => {
    expect((await ask('/private')).headers.get('etag')).toBeNull()
  })

  it('keeps what it says of caches', async () => {
    expect((await ask('/kept')).headers.get('cache-control')).toBe('public, max-age=60')
  })

  it('that says what went wrong gets none, and is not kept by default', async () => {
    const { status, headers } = await ask('/missing', { 'if-none-match': '*' })
    expect([status, headers.get('etag'), headers.get('cache-control')]).toEqual([404, null, 'no-cache'])
  })

  it('that leads on for good may be kept as long as caches like', async () => {
    expect((await ask('/moved')).headers.get('cache-control')).toBeNull()
  })

  it('that is a stream is not held back to be hashed', async () => {
    const response = await ask('/stream')
    expect(pulled).toBeLessThanOrEqual(1)
    expect([await response.text(), response.headers.get('etag')]).toEqual(['xxx', null])
  })
})

it('gives no date for what changed just now: the next change could have the same', () => {
  expect(lastModified(new Date())).toBeUndefined()
  expect(lastModified(new Date('1994-11-06T08:49:37.900Z'))).toBe(DATE)
  expect(lastModified(undefined)).toBeUndefined()
})
