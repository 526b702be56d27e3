import { createToken as makeToken, type Scope, scopes } from '../accounts/index.ts'
import { composeParts } from '../compose.ts'
import { ConfigError, loadConfig } from '../config.ts'
import { createLog } from '../platform/logs.ts'
import { PlainError } from './plain-error.ts'

/**
 * Prints a new token for an institution, once. Needs the configuration of its cell (`KURA_CONFIG`), as a pod has it.
 *
 * @throws PlainError if a scope, the institution or the configuration is unknown.
 */
export async function createToken(options: { tenant: string; scopes: string[] }): Promise<void> {
  const wanted = options.scopes.map((scope) => {
    if (!(scopes as readonly string[]).includes(scope))
      throw new PlainError(`"${scope}" is not a scope; there are ${scopes.join(', ')}`)
    return scope as Scope
  })
  const log = createLog('kura', 'error')
  const { directory } = composeParts(configuration(), log)
  const tenant = directory.byId(options.tenant)
  if (!tenant) throw new PlainError(`there is no institution "${options.tenant}" in this configuration`)
  await tenant.ready()
  process.stdout.write(`${await makeToken(tenant, wanted)}\n`)
  await tenant.db.destroy()
}

function configuration() {
  try {
    return loadConfig(process.env.KURA_CONFIG ?? '/etc/kura')
  } catch (error) {
    if (error instanceof ConfigError) throw new PlainError(error.message)
    throw error
  }
}
