import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, tenant } from './client.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kura-deposit-'))
})
afterAll(() => rm(folder, { recursive: true }))

const record = (title: string, more = '') => `<?xml version="1.0" encoding="UTF-8"?>
<jpcoar:jpcoar xmlns:jpcoar="https://github.com/JPCOAR/schema/blob/master/2.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <dc:title xml:lang="en">${title}</dc:title>
  <dc:type rdf:resource="http://purl.org/coar/resource_type/c_6501">journal article</dc:type>
  ${more}
</jpcoar:jpcoar>`

async function write(files: Record<string, string>) {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

/** Runs the command as a person would, and gives its exit code, its last line and what it told the person. */
async function kura(...args: string[]) {
  const { url, adminToken } = tenant('misaki')
  const child = spawn('npm', ['run', '-s', 'kura', '--', ...args], {
    env: { ...process.env, KURA_URL: url, KURA_TOKEN: adminToken },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, told, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  const lines = out.trim().split('\n')
  return { code: code as number, lines, told, result: JSON.parse(lines.at(-1) || 'null') }
}

describe('kura import', () => {
  it('imports folders with their files, then finds them unchanged', async () => {
    await write({
      'good/a.xml': record('Command line albatross'),
      'good/a/data.csv': 'x,y\n1,2\n',
      'good/sub/b.xml': record(
        'Command line bittern',
        '<jpcoar:file><jpcoar:URI>../a/data.csv</jpcoar:URI></jpcoar:file>',
      ),
    })
    const first = await kura('import', '--tenant', 'misaki', join(folder, 'good'))
    expect(first.code).toBe(0)
    expect(first.result).toEqual({ imported: 2, updated: 0, unchanged: 0, rejected: 0, seconds: expect.any(Number) })
    const second = await kura('import', '--tenant', 'misaki', join(folder, 'good'))
    expect(second.result).toMatchObject({ imported: 0, unchanged: 2 })

    await expect
      .poll(async () => (await ask('misaki', '/search?q=albatross')).text, { timeout: 2_000 })
      .toContain('Command line <mark>albatross</mark>')
  })

  it('lists what was rejected and why, keeps the rest, and ends with an error', async () => {
    await write({ 'mixed/bad.xml': record('<broken'), 'mixed/good.xml': record('Command line cormorant') })
    const run = await kura('import', '--tenant', 'misaki', join(folder, 'mixed'))
    expect(run.code).not.toBe(0)
    expect(run.result).toMatchObject({ imported: 1, rejected: 1 })
    expect(run.told).toContain('bad.xml')
  })
})

describe('a deposit', () => {
  it('is found by a plain search within a second of its publication', async () => {
    const { adminToken: token } = tenant('aozora')
    const answer = await ask('aozora', '/api/v1/imports?source=acceptance-1', {
      method: 'POST',
      token,
      headers: { 'content-type': 'application/xml' },
      body: record('千載一遇の観測 quetzalcoatlus'),
    })
    const outcome = JSON.parse(answer.text)
    expect(outcome).toMatchObject({ status: 'imported' })
    for (const words of ['quetzalcoatlus', '千載一遇', '観測'])
      await expect
        .poll(async () => (await ask('aozora', `/search?q=${encodeURIComponent(words)}`)).text, {
          timeout: 1_000,
          interval: 50,
        })
        .toContain(`/items/${outcome.item.number}`)
    // Other institutions have never heard of it.
    expect((await ask('misaki', '/search?q=quetzalcoatlus')).text).not.toContain('/items/')
  })
})
