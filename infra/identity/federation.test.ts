import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const signed = readFileSync(join(FIXTURES, 'metadata.xml'), 'utf8')

/** The script needs both; the image of the proxy has them. */
const runs = ['python3', 'xmlsec1'].every((program) => spawnSync(program, ['--version']).status === 0)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kura-federation-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What the script says, and what the proxy would find afterwards. */
function fetched(metadata: string, certificate = 'federation.pem') {
  const source = join(folder, 'source.xml')
  const target = join(folder, 'federation.xml')
  writeFileSync(source, metadata)
  const { status, stdout, stderr } = spawnSync(
    'python3',
    [
      join(import.meta.dirname, 'scripts/federation.py'),
      pathToFileURL(source).href,
      join(FIXTURES, certificate),
      target,
    ],
    { encoding: 'utf8' },
  )
  return { status, said: `${stdout}${stderr}`, kept: existsSync(target) ? readFileSync(target, 'utf8') : undefined }
}

describe.runIf(runs)("a federation's metadata", () => {
  test('signed by its certificate and valid is kept as it is', () => {
    expect(fetched(signed)).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^metadata of 1 identity providers/),
      kept: signed,
    })
  })

  const inner = signed.slice(signed.indexOf('<EntitiesDescriptor'))
  test.each([
    ['not signed at all', signed.replace(/<ds:Signature>.*<\/ds:Signature>/s, ''), "not signed by the federation's"],
    ['changed afterwards', signed.replace('Location="https://idp.', 'Location="https://pdi.'), 'not signed by the fed'],
    [
      'signed in one part, with another beside it',
      `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" ID="_other" validUntil="2099-01-01T00:00:00Z">
        <EntityDescriptor entityID="https://idp.elsewhere.example"/>${inner}</EntitiesDescriptor>`,
      'signed in parts',
    ],
    ['no longer valid', readFileSync(join(FIXTURES, 'expired.xml'), 'utf8'), 'valid until 2020-01-01'],
    ['no XML', 'Not found', "not signed by the federation's"],
  ])('%s is refused, and what was there before stays', (_, metadata, reason) => {
    fetched(signed)
    expect(fetched(metadata)).toEqual({ status: 1, said: expect.stringContaining(reason), kept: signed })
  })

  test('signed by another certificate is refused', () => {
    expect(fetched(signed, 'other.pem')).toMatchObject({ status: 1, kept: undefined })
  })

  test('is fetched again and again: the proxy is asked to read what is new, and goes on with the old after a failure', async () => {
    const source = join(folder, 'source.xml')
    const target = join(folder, 'federation.xml')
    writeFileSync(source, signed)
    let asked = 0
    const proxy = createServer((_, answer) => {
      asked += 1
      // From now on the federation gives what is not signed.
      writeFileSync(source, 'Not found')
      answer.end('Metadata reload OK')
    }).listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    const refresh = spawn('python3', [
      join(import.meta.dirname, 'scripts/federation.py'),
      pathToFileURL(source).href,
      join(FIXTURES, 'federation.pem'),
      target,
      `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/federation/reload-metadata`,
      '1',
    ])
    try {
      const [said] = await once(refresh.stderr, 'data')
      expect(String(said)).toMatch(/^ERROR metadata from file:.* is not signed by the federation's certificate/)
      expect(asked).toBe(1)
      expect(readFileSync(target, 'utf8')).toBe(signed)
      expect(refresh.exitCode).toBeNull()
    } finally {
      refresh.kill()
      proxy.close()
    }
  })
})
