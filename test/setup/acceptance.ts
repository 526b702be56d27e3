import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Local } from '../../app/cli/local.ts'
import { temporaryFolder } from './folder.ts'
import { startKura } from './kura.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The instance that acceptance tests speak to: its address, and each institution's with a token. */
    kura: Local
  }
}

export default async function setup({ provide }: TestProject) {
  const { folder, remove } = await temporaryFolder()
  const kura = await startKura(join(folder, 'state'))
  provide('kura', kura.local)
  return async () => {
    await kura.end()
    await remove()
  }
}
