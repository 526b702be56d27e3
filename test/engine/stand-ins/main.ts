import { serve } from './serve.ts'
import type { StandIn } from './stand-in.ts'

/*
 * `main.ts <package> <folder> ...`: what the engine starts for a provider. It wants the port on the first line. In the
 * folder is what a run leaves behind; what the engine says besides is of no use.
 */

const STAND_INS: Record<string, (folder: string) => Promise<StandIn>> = {
  kubernetes: async () => (await import('./kubernetes/index.ts')).kubernetes(),
}

const [name = '', folder = ''] = process.argv.slice(2)
const standIn = STAND_INS[name]
if (!standIn) throw new Error(`no stand-in plays ${name}`)
process.stdout.write(`${await serve(await standIn(folder))}\n`)
