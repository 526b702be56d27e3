import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { z } from 'zod'

/** How tools find the instance that `npm start` runs: what `local.json` in its state folder says. */
export const Local = z.strictObject({
  /** Address of the service, without an institution: `http://localhost:8080`. */
  url: z.url(),
  tenants: z.record(z.string(), z.strictObject({ url: z.url(), adminToken: z.string().min(1) })),
})

export type Local = z.infer<typeof Local>

/** The project's folder. */
export const root = join(import.meta.dirname, '../..')

/** A path as the person at the keyboard means it: from where they stand, which programs here do not run in. */
export const fromCaller = (path: string): string => resolve(process.env.INIT_CWD ?? '.', path)

/** The folder that a local instance keeps everything in: `.kura` in the clone, or what `KURA_STATE` names. */
export const stateFolder = (): string =>
  process.env.KURA_STATE ? fromCaller(process.env.KURA_STATE) : join(root, '.kura')

export const localFile = (state: string): string => join(state, 'local.json')

/** What is known of the local instance; nothing if none has been started. */
export function readLocal(state: string): Local | undefined {
  try {
    return Local.parse(JSON.parse(readFileSync(localFile(state), 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** A path for people: relative where that is shorter. */
export const shown = (path: string): string => {
  const short = relative(fromCaller('.'), path)
  return short.startsWith('..') ? path : short
}
