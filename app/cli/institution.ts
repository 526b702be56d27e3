import { composeParts } from '../compose.ts'
import { ConfigError, loadConfig } from '../config.ts'
import { createLog } from '../platform/logs.ts'
import type { Tenant } from '../tenancy/index.ts'
import { PlainError } from './plain-error.ts'

/**
 * Opens an institution as a pod of its cell would, works with it and closes it again. Needs the configuration of the
 * cell (`KURA_CONFIG`).
 *
 * @throws PlainError if the institution or the configuration is unknown.
 */
export async function withInstitution(id: string, work: (tenant: Tenant) => Promise<void>): Promise<void> {
  const { directory, outbox, caches } = composeParts(configuration(), createLog('kura', 'error'))
  const tenant = directory.byId(id)
  if (!tenant) throw new PlainError(`there is no institution "${id}" in this configuration`)
  try {
    await tenant.ready()
    await work(tenant)
  } finally {
    await outbox.end()
    caches.end()
    await tenant.db.destroy()
  }
}

/**
 * The configuration that `KURA_CONFIG` names.
 *
 * @throws PlainError if it cannot be used.
 */
export function configuration() {
  try {
    return loadConfig(process.env.KURA_CONFIG ?? '/etc/kura')
  } catch (error) {
    if (error instanceof ConfigError) throw new PlainError(error.message)
    throw error
  }
}
