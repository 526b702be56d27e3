import { localFile, readLocal, shown, stateFolder } from './local.ts'
import { PlainError } from './plain-error.ts'

/** An institution's address, and a token that may act there. */
export interface Target {
  url: string
  token: string
}

/**
 * Where an institution is: at the address that KURA_URL and KURA_TOKEN name, or in the instance that `npm start` runs.
 *
 * @throws PlainError if nothing says where it is or by what right one acts there.
 */
export function findTarget(tenant: string): Target {
  const { KURA_URL: url, KURA_TOKEN: token } = process.env
  if (url && token) return { url: url.replace(/\/$/, ''), token }
  if (url || token) throw new PlainError('KURA_URL and KURA_TOKEN are only of use together.')
  const file = localFile(stateFolder())
  const local = readLocal(stateFolder())
  if (!local)
    throw new PlainError(
      `There is no ${shown(file)}: start an instance with "npm start", or set KURA_URL and KURA_TOKEN for another.`,
    )
  const found = local.tenants[tenant]
  if (!found)
    throw new PlainError(
      `${shown(file)} knows no institution "${tenant}"; it knows ${Object.keys(local.tenants).join(', ')}.`,
    )
  return { url: found.url, token: found.adminToken }
}
