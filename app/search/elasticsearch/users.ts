import { readFile } from 'node:fs/promises'
import { LOGINS, type Login } from '../../config.ts'
import { type Ask, statusOf } from './connection.ts'
import { allOf, searched } from './indexes.ts'

/**
 * The institution's user on the server, who reaches its own indexes and nothing else. Two take turns as the database's
 * logins do: while a new password comes into use, the one before is still that of the other.
 */
export const userName = (id: string, login: Login): string => `${searched(id)}.${login}`

/** Makes the institution's role, and the user in use with the password that is mounted. */
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
    await client.security.putUser({ username: userName(id, login), password, roles: [role] })
  })
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
