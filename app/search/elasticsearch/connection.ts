import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Client, errors } from '@elastic/elasticsearch'
import { Unavailable } from '../../platform/unavailable.ts'

/** Milliseconds that a reader waits for an answer; there is one more try where no connection can be made. */
const PATIENCE = 8_000
/** Milliseconds that any request may take: a connection knows one limit, and requests may have less, never more. */
export const LONGEST = 120_000

/** A server, and the authority that must have signed its certificate. */
export interface Service {
  url: string
  ca?: string | undefined
}

/** Who asks, and the file with the password. */
export interface Login {
  user: string
  passwordFile: string
}

/**
 * Asks the server as one user. The password is read again where the server does not take it any more.
 *
 * @throws Unavailable if the server does not answer, or has not what every institution has: its index, its user.
 */
export type Ask = <T>(work: (client: Client) => Promise<T>) => Promise<T>

/** The way to a server: all who ask share its connections. */
export function connect({ url, ca }: Service): (login: Login) => Ask {
  const shared = new Client({
    node: url,
    requestTimeout: LONGEST,
    maxRetries: 1,
    ...(ca !== undefined && { tls: { ca: readFileSync(ca) } }),
  })
  return ({ user, passwordFile }) => {
    let known: { password: string; client: Client } | undefined
    const enter = async () => {
      const password = (await readFile(passwordFile, 'utf8')).trim()
      if (known?.password !== password)
        known = { password, client: shared.child({ requestTimeout: PATIENCE, auth: { username: user, password } }) }
      return known.client
    }
    return async (work) => {
      try {
        const client = known?.client ?? (await enter())
        try {
          return await work(client)
        } catch (error) {
          if (statusOf(error) !== 401) throw error
          const again = await enter()
          if (again === client) throw error
          return await work(again)
        }
      } catch (error) {
        if (!(error instanceof errors.ElasticsearchClientError)) throw error
        const cause = withoutRequest(error)
        throw isAway(error) ? new Unavailable('search does not answer', { cause }) : cause
      }
    }
  }
}

/** The status of an answer that is an error. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof errors.ResponseError ? error.statusCode : undefined

/** Forbidden and not found, too: what an institution asks for is its own, and there once it has been made. */
const AWAY = [401, 403, 404, 408, 429, 502, 503, 504]

const isAway = (error: unknown) =>
  error instanceof errors.ConnectionError ||
  error instanceof errors.TimeoutError ||
  error instanceof errors.NoLivingConnectionsError ||
  AWAY.includes(statusOf(error) ?? 0)

/** Errors of the client carry what was sent, with headers and texts: none of it belongs into a log. */
function withoutRequest({ name, message }: Error): Error {
  return new Error(`${name}: ${message.slice(0, 500)}`)
}
