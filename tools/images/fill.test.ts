import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fill } from './fill.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const ENVOY = { repository: 'mirror/envoy', version: '1.36.2', source: 'docker.io/envoyproxy/envoy' }
const OURS = { repository: 'application', version: '0.1.0' }

/** Registries are folders: a tag is a file that holds a digest, and a digest a file of its name. */
const SKOPEO = `
file() { echo "$REGISTRIES/$(echo "\${1#docker://}" | tr '/:@' '___')"; }
case $1 in
  inspect) cat "$(file "$4")" 2>/dev/null || { echo 'manifest unknown' >&2; exit 1; } ;;
  copy) cat "$(file "$4")" > "$(file "$5")" ;;
esac`
const PODMAN = `
[ "$1" = push ] || { echo "$*" >> "$REGISTRIES/built"; exit 0; }
printf 'sha256:${'b'.repeat(64)}' > "$REGISTRIES/$(echo "$2" | tr '/:@' '___')"`

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kura-images-'))
  mkdirSync(join(root, 'bin'))
  for (const [name, body] of Object.entries({ skopeo: SKOPEO, podman: PODMAN })) {
    writeFileSync(join(root, 'bin', name), `#!/usr/bin/env bash\nset -eu\n${body}\n`)
    chmodSync(join(root, 'bin', name), 0o755)
  }
  vi.stubEnv('PATH', `${join(root, 'bin')}:${process.env.PATH}`)
  vi.stubEnv('REGISTRIES', root)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
})

const file = (reference: string) => join(root, reference.replaceAll(/[/:@]/g, '_'))
/** Puts an image into a registry: under its digest, and under a tag that names it. */
function publish(repository: string, version: string, value: string) {
  for (const name of [`${repository}:${version}`, `${repository}@${value}`]) writeFileSync(file(name), value)
}

async function filled(options: Partial<Parameters<typeof fill>[0]>) {
  const pushed: string[] = []
  const digests = await fill({
    images: [ENVOY],
    registry: 'here',
    digests: {},
    pushed: (reference) => pushed.push(reference),
    ...options,
  })
  return { digests, pushed }
}

test("others' images are mirrored under the digest that their tag has, and a second run does nothing", async () => {
  publish(ENVOY.source, ENVOY.version, digest('a'))
  const first = await filled({})
  expect(first).toEqual({
    digests: { 'mirror/envoy:1.36.2': digest('a') },
    pushed: [`here/mirror/envoy:1.36.2@${digest('a')}`],
  })
  expect(await filled({ digests: first.digests })).toEqual({ digests: first.digests, pushed: [] })
})

test('a tag that was moved changes nothing: what is written decides', async () => {
  publish(ENVOY.source, ENVOY.version, digest('a'))
  publish(ENVOY.source, ENVOY.version, digest('c'))
  const digests = { 'mirror/envoy:1.36.2': digest('a') }
  expect(await filled({ digests })).toMatchObject({ digests })
})

test('a registry that holds something else under the version is an error that names the image', async () => {
  publish('here/mirror/envoy', '1.36.2', digest('c'))
  await expect(filled({ digests: { 'mirror/envoy:1.36.2': digest('a') } })).rejects.toThrow(
    /here\/mirror\/envoy:1\.36\.2 is sha256:c+, but infra\/digests\.json says sha256:a+: give it another version/,
  )
})

test('an image that does not exist is an error that names it, and so is a registry that does not answer', async () => {
  await expect(filled({})).rejects.toThrow('docker.io/envoyproxy/envoy:1.36.2 does not exist')
  writeFileSync(join(root, 'bin/skopeo'), '#!/bin/sh\necho "connection refused" >&2\nexit 1\n')
  await expect(filled({})).rejects.toThrow('connection refused')
})

test('our images are built where they are not taken from another registry, and taken by their digest where they are', async () => {
  expect(await filled({ images: [OURS] })).toMatchObject({ digests: { 'application:0.1.0': digest('b') } })
  expect(readFileSync(join(root, 'built'), 'utf8')).toBe(
    'build --file images/application/Dockerfile --tag here/application:0.1.0 .\n',
  )

  publish('verification/application', '0.1.0', digest('b'))
  const digests = { 'application:0.1.0': digest('b') }
  expect(await filled({ images: [OURS], registry: 'production', promoteFrom: 'verification', digests })).toEqual({
    digests,
    pushed: [`production/application:0.1.0@${digest('b')}`],
  })
})
