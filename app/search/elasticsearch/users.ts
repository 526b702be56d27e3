import { readFile } from 'node:fs/promises'
import type { Client } from '@elastic/elasticsearch'
import { LOGINS, type Login } from '../../config.ts'
import { type Ask, statusOf } from './connection.ts'
import { allOf, searched } from './indexes.ts'

/** Milliseconds for which a user is still let in after the other has come into use: as long as the database's login. */
const OVERLAP = 24 * 60 * 60 * 1000

/**
 * The institution's user on the server, who reaches its own indexes and nothing else. Two take turns as the database's
 * logins do: while a new password comes into use, the one before is still that of the other.
 */
export const userName = (id: string, login: Login): string => `${searched(id)}.${login}`

/**
 * Makes the institution's role, and the user in use with the password that is mounted. The other is noted to be former:
 * processes of the configuration before still use it.
 */
export async function ensureUser(ask: Ask, id: string, login: Login, passwordFile: string): Promise<void> {
  const role = searched(id)
  const password = (await readFile(passwordFile, 'utf8')).trim()
  await ask(async (client) => {
    await client.security.putRole({
      name: role,
      // Reads and writes documents, makes them searchable, and asks which indexes are its own.
      indices: [
        { names: [searched(id), allOf(id)], privileges: ['read', 'write', 'maintenance', 'view_index_metadata'] },
      ],
    })
    await client.security.putUser({ username: userName(id, login), password, roles: [role], metadata: {} })
    const username = userName(id, otherThan(login))
    const other = await userNamed(client, username)
    if (other && other.metadata.former === undefined)
      await client.security.putUser({ username, roles: [role], metadata: { former: new Date().toISOString() } })
  })
}

/** Removes the user whose turn is over, once no process can be left that uses it. */
export async function endFormerUser(ask: Ask, id: string, login: Login, now: Date): Promise<void> {
  await ask(async (client) => {
    const username = userName(id, otherThan(login))
    const { former } = (await userNamed(client, username))?.metadata ?? {}
    if (former !== undefined && now.getTime() - Date.parse(former) > OVERLAP)
      await gone(client.security.deleteUser({ username }))
  })
}

const otherThan = (login: Login) => (login === 'a' ? 'b' : 'a')

async function userNamed(client: Client, username: string) {
  // What is not there is an empty answer here, and no error.
  const users = await client.security.getUser({ username }, { ignore: [404] })
  return users[username]
}

/** Removes the institution's users and its role. */
export async function removeUsers(ask: Ask, id: string): Promise<void> {
  await ask(async (client) => {
    for (const login of LOGINS) await gone(client.security.deleteUser({ username: userName(id, login) }))
    await gone(client.security.deleteRole({ name: searched(id) }))
  })
}

/** What is not there need not be removed. */
async function gone(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error) => {
    if (statusOf(error) !== 404) throw error
  })
}
