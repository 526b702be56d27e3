import { createHash, randomBytes } from 'node:crypto'
import type { Tenant } from '../tenancy/index.ts'

/**
 * What a token may be allowed to do. Until people have accounts, `files:read` stands for being signed in. `transfer`
 * takes a whole institution out and, with `import`, brings it in.
 */
export const scopes = ['import', 'items:write', 'files:read', 'settings:write', 'transfer'] as const
export type Scope = (typeof scopes)[number]

/** Whoever asks: nobody known, or the holder of a token. */
export type Actor = { kind: 'anonymous' } | { kind: 'token'; id: string; scopes: ReadonlySet<Scope> }

export const anonymous: Actor = { kind: 'anonymous' }

/** How an actor is named in the history of an item. */
export const actorName = (actor: Actor) => (actor.kind === 'token' ? `token:${actor.id}` : 'anonymous')

const hash = (token: string) => createHash('sha256').update(token).digest()

/** Makes a token for an institution. It is stored as a hash: nobody can show it a second time. */
export async function createToken({ db }: Tenant, scopes: readonly Scope[]): Promise<string> {
  // 256 random bits need no slow hash. The prefix lets scanners for leaked secrets know it.
  const token = `kura_${randomBytes(32).toString('base64url')}`
  await db
    .insertInto('token')
    .values({ hash: hash(token), scopes: [...scopes], revoked_at: null })
    .execute()
  return token
}

/** Who holds a token at this institution; nothing if it is unknown here or revoked. */
export async function findActor({ db }: Tenant, token: string): Promise<Actor | undefined> {
  const query = db
    .selectFrom('token')
    .select(['id', 'scopes'])
    .where('hash', '=', hash(token))
    .where('revoked_at', 'is', null)
  const [row] = await query.execute()
  return row && { kind: 'token', id: row.id, scopes: new Set(row.scopes as Scope[]) }
}
