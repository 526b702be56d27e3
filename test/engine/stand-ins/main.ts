import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { kubernetes } from './kubernetes/index.ts'
import { oci } from './oci.ts'
import { random } from './random.ts'
import { serve } from './serve.ts'
import type { StandIn } from './stand-in.ts'
import { tls } from './tls.ts'

/*
 * `main.ts <package> <folder>`: what the engine starts for a provider; it wants the port on the first line. In the
 * folder is the cloud: what it is like (`cloud.json`), and what there is in it.
 */

/** What a cloud is like: see `oci.ts`. */
export interface Cloud {
  kubeconfig?: string
  latency: number
}

const STAND_INS: Record<string, (version: string, folder: string) => StandIn> = {
  oci: (version, folder) => oci(version, folder, JSON.parse(readFileSync(join(folder, 'cloud.json'), 'utf8')) as Cloud),
  kubernetes,
  random,
  tls,
}

const [name = '', folder = ''] = process.argv.slice(2)
const standIn = STAND_INS[name]
if (!standIn) throw new Error(`no stand-in plays ${name}`)
const { version } = createRequire(import.meta.url)(`@pulumi/${name}/package.json`)
process.stdout.write(`${await serve(standIn(version, folder))}\n`)
