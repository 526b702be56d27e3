import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { type Dictionary, dictionary, siteInfo } from './handle-files.ts'

/** Reads a dictionary as the Handle server does: texts in quotation marks, `( )` lists, `{ }` dictionaries. */
function read(text: string): Dictionary[string] {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[(){}=]/gs) ?? []
  const value = (): Dictionary[string] => {
    const token = tokens.shift() ?? ''
    if (token === '(') {
      const list: string[] = []
      while (tokens[0] !== ')') list.push(value() as string)
      tokens.shift()
      return list
    }
    if (token === '{') {
      const found: Dictionary = {}
      while (tokens[0] !== '}') {
        const key = value() as string
        expect(tokens.shift()).toBe('=')
        Object.defineProperty(found, key, { value: value(), enumerable: true })
      }
      tokens.shift()
      return found
    }
    return token.slice(1, -1).replaceAll(/\\(.)/gs, '$1')
  }
  return value()
}

test('a dictionary is read as it was written, whatever stands in it', () => {
  const { tree } = fc.letrec<{ tree: Dictionary }>((tie) => ({
    tree: fc.dictionary(fc.string(), fc.oneof({ maxDepth: 3 }, fc.string(), fc.array(fc.string()), tie('tree')), {
      noNullPrototype: true,
    }) as fc.Arbitrary<Dictionary>,
  }))
  fc.assert(
    fc.property(tree, (content) => {
      expect(read(dictionary(content))).toEqual(content)
    }),
  )
})

test("the server's folder is made of what is declared, with keys in the Handle System's notation", () => {
  const folder = mkdtempSync(join(tmpdir(), 'kura-handle-'))
  try {
    for (const part of ['bin', 'files', 'home']) mkdirSync(join(folder, part))
    const program = (name: string, text: string) => {
      writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${text}\n`)
      chmodSync(join(folder, 'bin', name), 0o755)
    }
    program('hdl-convert-key', '[[ $2 == -o ]] && sed "s/^/converted /" "$1" >"$3"')
    program('psql', 'echo "$PGPASSWORD $*" >"$OUT"')
    const files: Record<string, string> = {
      'config.dct': dictionary({ server_type: 'server' }),
      'siteinfo.json': siteInfo('203.0.113.7'),
      'server.pem': 'private',
      'server.pub.pem': 'public',
      'admin.pub.pem': 'admin',
      password: 'sesame',
    }
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'files', name), content)
    const { status, stderr } = spawnSync(
      'bash',
      [
        join(import.meta.dirname, 'scripts/handle.sh'),
        join(folder, 'files'),
        join(folder, 'home'),
        '0.NA/20.500.1',
        'handle.sql',
      ],
      { env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, OUT: join(folder, 'psql') }, encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const made = (name: string) => readFileSync(join(folder, 'home', name), 'utf8')
    expect(made('config.dct')).toBe(files['config.dct'])
    expect(['privkey.bin', 'pubkey.bin', 'admpub.bin'].map(made).map((key) => key.trim())).toEqual([
      'converted private',
      'converted public',
      'converted admin',
    ])
    const [server] = JSON.parse(made('siteinfo.json')).servers
    expect(server.address).toBe('203.0.113.7')
    expect(Buffer.from(server.publicKey.value, 'base64').toString()).toBe(made('pubkey.bin'))
    expect(readFileSync(join(folder, 'psql'), 'utf8')).toBe(
      'sesame --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=authority=0.NA/20.500.1 --file=handle.sql\n',
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
