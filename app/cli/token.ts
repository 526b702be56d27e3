import { createToken as makeToken, type Scope, scopes } from '../accounts/index.ts'
import { composeParts } from '../compose.ts'
import { loadConfig } from '../config.ts'
import { createLog } from '../platform/logs.ts'

/**
 * Prints a new token for an institution, once. Needs the configuration of its cell (`KURA_CONFIG`), as a pod has it.
 *
 * @throws Error if a scope or the institution is unknown.
 */
export async function createToken(options: { tenant: string; scopes: string[] }): Promise<void> {
  const wanted = options.scopes.map((scope) => {
    if (!(scopes as readonly string[]).includes(scope))
      throw new Error(`"${scope}" is not a scope; there are ${scopes.join(', ')}`)
    return scope as Scope
  })
  const log = createLog('kura', 'error')
  const { directory } = composeParts(loadConfig(process.env.KURA_CONFIG ?? '/etc/kura'), log)
  const tenant = directory.byId(options.tenant)
  if (!tenant) throw new Error(`there is no institution "${options.tenant}" in this configuration`)
  await tenant.ready()
  process.stdout.write(`${await makeToken(tenant, wanted)}\n`)
  await tenant.db.destroy()
}
