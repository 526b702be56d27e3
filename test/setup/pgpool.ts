import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { runCluster } from '../services/postgres/index.ts'
import { startInstance } from '../support/instance.ts'
import { temporaryFolder } from './folder.ts'

/** The instance that acceptance tests speak to, on PostgreSQL 15 behind pgpool-II as production has it. */
export default async function setup({ provide }: TestProject) {
  await using started = new AsyncDisposableStack()
  const { folder, remove } = await temporaryFolder()
  started.defer(remove)
  const cluster = await runCluster()
  started.defer(() => cluster.remove())
  const instance = await startInstance(join(folder, 'state'), await cluster.services())
  started.defer(() => instance.end())
  provide('kura', instance.local)
  const all = started.move()
  return () => all.disposeAsync()
}
