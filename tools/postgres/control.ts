import pg from 'pg'
import type { Postgres } from './index.ts'

/**
 * Does what the platform's database operator does for the application, and no more: the provisioning role, and the
 * database that it works from. Doing it again sets the password.
 */
export async function makeControl(
  { host, port, superuser, password }: Omit<Postgres, 'stop'>,
  wanted: { provisioner: string; password: string; database: string },
): Promise<void> {
  const client = new pg.Client({ host, port, user: superuser, password, database: 'postgres' })
  await client.connect()
  try {
    const missing = async (catalogue: string, column: string, name: string) =>
      (await client.query(`select from ${catalogue} where ${column} = $1`, [name])).rowCount === 0
    const role = pg.escapeIdentifier(wanted.provisioner)
    const database = pg.escapeIdentifier(wanted.database)
    if (await missing('pg_roles', 'rolname', wanted.provisioner)) await client.query(`create role ${role}`)
    await client.query(`alter role ${role} login createdb createrole password ${pg.escapeLiteral(wanted.password)}`)
    if (await missing('pg_database', 'datname', wanted.database))
      await client.query(`create database ${database} owner ${role}`)
  } finally {
    await client.end()
  }
}
