import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realmFiles } from './representations.ts'

/** Keycloak's admin program, as far as the script uses it: objects are files, named by their resource. */
const KCADM = `#!/bin/bash
set -euo pipefail
verb=$1 resource=$2; shift 2
declare -A option
while (($#)); do option[$1]=\${2-}; shift 2 || shift; done
where=$STATE/$(tr / _ <<<"\${option[-r]-}.$resource")
case $verb in
  config)
    echo "log in as \${option[--client]} with $KC_CLI_CLIENT_SECRET" >>"$STATE/calls"
    [[ $KC_CLI_CLIENT_SECRET == "$(<"$STATE/known")" ]] ;;
  get)
    case $resource in
      realms/*|*/instances/federation) [[ -e $where ]] ;;
      *) cat "$where".* 2>/dev/null || true ;;
    esac ;;
  *)
    echo "$verb $resource \${option[-s]-}" >>"$STATE/calls"
    if [[ \${option[-s]-} == secret=* ]]; then echo "\${option[-s]#secret=}" >"$STATE/known"; exit; fi
    name=$(sed -n 's/^  "\\(clientId\\|name\\|alias\\|realm\\)": "\\(.*\\)",/\\2/p' "\${option[-f]}" | head -1)
    case $verb-$resource in
      create-realms) touch "$STATE/.realms_$name" ;;
      create-identity-provider/instances) touch "\${where}_$name" ;;
      create-*) echo "id-of-$name,$name" >"$where.$name" ;;
    esac ;;
esac
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kura-realm-'))
  for (const part of ['bin', 'state', 'files']) mkdirSync(join(folder, part))
  writeFileSync(join(folder, 'bin/kcadm.sh'), KCADM)
  chmodSync(join(folder, 'bin/kcadm.sh'), 0o755)
  const files = realmFiles({
    address: 'https://login.kura.example',
    hosts: ['repository.aozora-u.example'],
    secret: 'sesame',
    proxy: {
      entityId: 'https://federation.kura.example',
      singleSignOn: 'https://federation.kura.example/sso',
      certificates: [],
    },
  })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'files', name), content)
  writeFileSync(join(folder, 'secret'), 'open')
  writeFileSync(join(folder, 'state/known'), 'open')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What a run of the script asks Keycloak to do. */
function run(): string[] {
  writeFileSync(join(folder, 'state/calls'), '')
  const { status, stderr } = spawnSync(
    'bash',
    [
      join(import.meta.dirname, 'scripts/realm.sh'),
      'http://keycloak:8080',
      join(folder, 'files'),
      'kura-configuration',
      join(folder, 'secret'),
    ],
    { env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, STATE: join(folder, 'state') }, encoding: 'utf8' },
  )
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return readFileSync(join(folder, 'state/calls'), 'utf8')
    .trim()
    .split('\n')
    .map((call) => call.trim())
}

const LOGIN = 'log in as kura-configuration with open'
const ATTRIBUTES = ['displayName', 'eduPersonPrincipalName', 'eduPersonScopedAffiliation', 'givenName', 'mail', 'sn']
const MAPPERS = 'identity-provider/instances/federation/mappers'

test('an empty Keycloak gets the realm, and its client, broker and mappers after another login', () => {
  expect(run()).toEqual([
    LOGIN,
    'create realms',
    LOGIN,
    'update users/profile',
    'create clients',
    'create identity-provider/instances',
    ...ATTRIBUTES.map(() => `create ${MAPPERS}`),
  ])
})

test('a realm that is there is brought up to date, object by object', () => {
  run()
  expect(run()).toEqual([
    LOGIN,
    'update realms/kura',
    'update users/profile',
    'update clients/id-of-kura',
    'update identity-provider/instances/federation',
    ...ATTRIBUTES.map((name) => `update ${MAPPERS}/id-of-${name} id=id-of-${name}`),
  ])
})

test('a new secret of the admin client is told to Keycloak, which knows the one before', () => {
  run()
  writeFileSync(join(folder, 'secret.former'), 'open')
  writeFileSync(join(folder, 'secret'), 'another')
  writeFileSync(join(folder, 'state/master.clients.kura-configuration'), 'id-of-it,kura-configuration\n')
  const login = 'log in as kura-configuration with another'
  expect(run().slice(0, 5)).toEqual([
    login,
    LOGIN,
    'update clients/id-of-it secret=another',
    login,
    'update realms/kura',
  ])
  expect(run().slice(0, 2)).toEqual([login, 'update realms/kura'])
})

test('nobody is sent after login to a host that is no institution', () => {
  const client = JSON.parse(readFileSync(join(folder, 'files/client.json'), 'utf8'))
  expect(client.redirectUris).toEqual(['https://repository.aozora-u.example/login/callback'])
  expect(client).toMatchObject({ publicClient: false, attributes: { 'pkce.code.challenge.method': 'S256' } })
})
