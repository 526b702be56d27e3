import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type Postgres, startPostgres } from '../../tools/postgres/index.ts'
import { temporaryFolder } from './folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL that all test files share; each makes its own databases. */
    postgres: Omit<Postgres, 'stop'>
  }
}

export default async function setup({ provide }: TestProject) {
  const { folder, remove } = await temporaryFolder()
  const { stop, ...server } = await startPostgres({
    folder: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    durable: false,
  })
  provide('postgres', server)
  return async () => {
    await stop()
    await remove()
  }
}
