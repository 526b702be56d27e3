import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, 'import-certificates.sh')

/**
 * Stands in for Oracle's client: a file per certificate is the service. It knows the two calls by the very options that
 * the real one has, notes every other, and like it keeps the old version when the new one is of no use.
 */
const CLIENT = `#!/bin/bash
set -euo pipefail
call="$1 $2 $3"; shift 3
case $call in
  'certificates certificate-bundle get')
    [[ "$1 $3 $4 $5 $6 $7" == "--certificate-id --stage CURRENT --query data.\\"certificate-pem\\" --raw-output" ]] || exit 2
    [[ $2 != *unreachable* ]] || exit 1
    tr '\\n' '\\r' <"$SERVICE/$2" | sed 's/\\r/\\r\\n/g' ;;
  'certs-mgmt certificate update-certificate-by-importing-config-details')
    [[ "$1 $2 $4 $5 $6 $7" == '--force --from-json --wait-for-state ACTIVE --wait-for-state FAILED' ]] || exit 2
    cp "\${3#file://}" "$SERVICE/request.json"
    id=$(sed -n 's/.*"certificateId": "\\(.*\\)",/\\1/p' "$SERVICE/request.json")
    [[ $id == *useless* ]] || printf -- "$(sed -n 's/.*"certificatePem": "\\(.*\\)",/\\1/p' "$SERVICE/request.json")" >"$SERVICE/$id" ;;
  *) exit 2 ;;
esac
`

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kura-certificates-'))
  for (const folder of ['bin', 'service', 'certificates']) mkdirSync(join(root, folder))
  writeFileSync(join(root, 'bin/oci'), CLIENT)
  chmodSync(join(root, 'bin/oci'), 0o755)
})
afterEach(() => rmSync(root, { recursive: true }))

const pem = (label: string, text: string) =>
  `-----BEGIN ${label}-----\n${Buffer.from(text).toString('base64')}\n-----END ${label}-----\n`

/** A certificate of a load balancer that serves one thing, while another was issued. */
function door(name: string, { id = name, serves, issued }: { id?: string; serves: string; issued?: string }) {
  writeFileSync(join(root, 'service', id), pem('CERTIFICATE', serves))
  writeFileSync(join(root, 'doors'), `${name} ${id}\n`, { flag: 'a' })
  const folder = join(root, 'certificates', name)
  mkdirSync(folder)
  if (issued === undefined) return
  writeFileSync(
    join(folder, 'tls.crt'),
    pem('CERTIFICATE', issued) + pem('CERTIFICATE', 'intermediate') + pem('CERTIFICATE', 'root'),
  )
  writeFileSync(join(folder, 'tls.key'), pem('PRIVATE KEY', `key of ${issued}`))
}

const served = (id: string) => readFileSync(join(root, 'service', id), 'utf8')

function run() {
  const { status, stdout, stderr } = spawnSync('bash', [SCRIPT, join(root, 'doors'), join(root, 'certificates')], {
    env: { PATH: `${join(root, 'bin')}${delimiter}${process.env.PATH}`, SERVICE: join(root, 'service'), TMPDIR: root },
    encoding: 'utf8',
  })
  return { status, said: stdout.split('\n').filter(Boolean), stderr }
}

test('a renewed certificate is imported with its chain and key, as the request that the client takes', () => {
  door('kura-edge-0', { serves: 'placeholder', issued: 'renewed' })
  expect(run()).toEqual({ status: 0, said: ['kura-edge-0: imported'], stderr: '' })
  expect(served('kura-edge-0')).toBe(pem('CERTIFICATE', 'renewed'))
  expect(JSON.parse(readFileSync(join(root, 'service/request.json'), 'utf8'))).toEqual({
    certificateId: 'kura-edge-0',
    stage: 'CURRENT',
    certificatePem: pem('CERTIFICATE', 'renewed'),
    certChainPem: pem('CERTIFICATE', 'intermediate') + pem('CERTIFICATE', 'root'),
    privateKeyPem: pem('PRIVATE KEY', 'key of renewed'),
  })
})

test('one that is served already is left alone, and one that is not issued yet too', () => {
  door('kura-edge-0', { serves: 'same', issued: 'same' })
  door('kura-edge-1', { serves: 'placeholder' })
  expect(run()).toEqual({ status: 0, said: ['kura-edge-0: unchanged', 'kura-edge-1: not issued yet'], stderr: '' })
  expect(existsSync(join(root, 'service/request.json'))).toBe(false)
})

test('one that cannot be brought fails the job, after the others were', () => {
  door('kura-edge-0', { id: 'unreachable', serves: 'old', issued: 'new' })
  door('kura-edge-1', { id: 'useless', serves: 'old', issued: 'of another name' })
  door('kura-edge-2', { serves: 'old', issued: 'new' })
  expect(run()).toEqual({
    status: 1,
    said: ['kura-edge-2: imported'],
    stderr: 'kura-edge-1: was imported, but is not served\n',
  })
})

test('no key stays behind', () => {
  door('kura-edge-0', { serves: 'old', issued: 'new' })
  run()
  expect(spawnSync('ls', [root], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean)).toEqual([
    'bin',
    'certificates',
    'doors',
    'service',
  ])
})
