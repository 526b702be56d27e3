import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
import { reveal } from '../../tools/evaluate/index.ts'
import { TOLD_ONCE } from '../../tools/pending/kinds.ts'
import type { Engine } from './engine.ts'

/** By type, the outputs that are generated and secret, whether or not something is marked so. */
const GENERATED: Record<string, string[]> = {
  ...TOLD_ONCE,
  'oci:ManagementAgent/managementAgentInstallKey:ManagementAgentInstallKey': ['key'],
  'random:index/randomPassword:RandomPassword': ['result', 'bcryptHash'],
  'tls:index/privateKey:PrivateKey': ['privateKeyPem', 'privateKeyPemPkcs8'],
}

/** A line of the engine's events. */
const DEBUGGING = /^.*"severity":"debug".*$/gm

/** Characters of a text by which it is found again, whatever stands around it. */
const ENOUGH = 16

/** What was generated for a stack, by resource and output: texts that nobody may find in plain. */
export async function generated(engine: Engine): Promise<Map<string, string[]>> {
  const { resources } = await engine.state({ secrets: true })
  return new Map(
    resources.flatMap(({ urn, type, outputs = {} }) =>
      (GENERATED[type] ?? []).map((output) => {
        // A private key has the public one in it.
        const known = String(outputs.publicKeyPem ?? '').replaceAll('\n', '')
        const texts = needles(String(reveal(outputs[output]))).filter((text) => !known.includes(text))
        return [`${urn} ${output}`, texts] as const
      }),
    ),
  )
}

/**
 * Where generated values stand in plain, of all that the engine wrote and printed: state, its copies, plans, settings,
 * logs, outputs, events. The SDK's debug messages among the events are left out: they tell everything, and nobody sees
 * them without `--debug` (docs/changing.md).
 */
export async function leaks(engine: Engine): Promise<string[]> {
  const secrets = await generated(engine)
  const found: string[] = []
  // The cloud knows what it has told, and programs are no place to write to.
  for (const part of ['state', 'events', 'work', 'home/logs']) {
    const files = await readdir(join(engine.folder, part), { recursive: true, withFileTypes: true })
    for (const file of files.filter((entry) => entry.isFile())) {
      const text = plain(await readFile(join(file.parentPath, file.name)))
      const told = part === 'events' ? text.replaceAll(DEBUGGING, '') : text
      for (const [name, texts] of secrets)
        if (texts.some((one) => told.includes(one))) found.push(`${part}/${file.name}: ${name}`)
    }
  }
  return found
}

/** What a file says: the engine packs a log before it knows by what to encrypt it, and a killed one does not end. */
function plain(bytes: Buffer): string {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
  return (packed ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes).toString()
}

/** A line of its own is enough to know a key by; and as Kubernetes writes what is secret, whatever stands around it. */
function needles(value: string): string[] {
  const lines = value.split('\n').filter((line) => line.length >= ENOUGH && !line.startsWith('-----'))
  // Three bytes are four characters: the first ones depend on what is before, the last on what follows.
  const encoded = [0, 1, 2].map((before) => {
    const text = Buffer.from(`${' '.repeat(before)}${value}`).toString('base64')
    return text.slice(before === 0 ? 0 : 4, text.length - 4)
  })
  return [...lines, ...encoded]
}
