import { createToken as makeToken, type Scope, scopes } from '../accounts/index.ts'
import { withInstitution } from './institution.ts'
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
  await withInstitution(options.tenant, async (tenant) => {
    process.stdout.write(`${await makeToken(tenant, wanted)}\n`)
  })
}
