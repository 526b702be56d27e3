import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as pulumi from '@pulumi/pulumi'
import { createClient } from 'redis'
import { CERTIFICATES, configuration, FOLDER, PORT, users } from '../../infra/data/redis/configuration.ts'
import { freePort } from '../../tools/ports.ts'
import { temporaryFolder } from '../setup/folder.ts'
import type { Services } from '../support/configuration.ts'
import { certify } from './certify.ts'
import { needPackages } from './packages.ts'
import { runServer, type Server } from './server.ts'

const USER = 'kura'
const PASSWORD = 'password-of-tests'
/** May do what an operator may, and what accidents do. */
const OPERATOR = 'user operator on nopass ~* &* +@all\n'

export interface Redis extends Server {
  /** What an institution's configuration says of it. */
  services: Services
  url: string
  user: string
  /** Paths of the authority that signed its certificate, and of the user's password. */
  ca: string
  passwordFile: string
  /** Gives the user another password, in the server and in the file. */
  rotate(password: string): Promise<void>
  /** Sends a command as one who may do everything. */
  command(...words: string[]): Promise<unknown>
  /** Lets it stand still without ending it. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  /** Ends it, and removes its folder. */
  remove(): Promise<void>
}

/** Debian's Redis with the configuration, the users and the encryption that the platform declares. */
export async function startRedis(): Promise<Redis> {
  await needPackages('redis-server')
  const { folder, remove } = await temporaryFolder()
  const port = await freePort('127.0.0.1')
  const file = (name: string) => join(folder, name)
  await certify(folder)
  const declared = configuration(1)
    .replaceAll(String(PORT), String(port))
    .replaceAll(CERTIFICATES, folder)
    .replaceAll(FOLDER, folder)
    .replace('dir /tmp', `dir ${folder}`)
  await writeFile(file('redis.conf'), `${declared}bind 127.0.0.1\npidfile ${file('pid')}\n`)
  const setPassword = async (password: string) => {
    const acl = await new Promise<string>((resolve) => users(USER, pulumi.output(password)).apply(resolve))
    await writeFile(file('users.acl'), acl + OPERATOR)
    await writeFile(file('password'), password)
  }
  await setPassword(PASSWORD)

  const url = `rediss://localhost:${port}`
  const command = async (...words: string[]) => {
    const socket = { tls: true as const, ca: await readFile(file('ca.crt')), reconnectStrategy: false as const }
    const client = createClient({ url, username: 'operator', password: 'any', socket })
    client.on('error', () => {})
    await client.connect()
    try {
      return await client.sendCommand(words)
    } finally {
      client.destroy()
    }
  }
  const signal = async (name: NodeJS.Signals) => {
    process.kill(Number(await readFile(file('pid'), 'utf8')), name)
  }
  const server = await runServer({
    command: 'redis-server',
    args: [file('redis.conf')],
    folder,
    isReady: async () => String(await command('PING')) === 'PONG',
  })
  return {
    ...server,
    services: {
      config: { cache: { kind: 'redis', url, user: USER, ca: file('ca.crt') } },
      secrets: { cache: PASSWORD },
    },
    url,
    user: USER,
    ca: file('ca.crt'),
    passwordFile: file('password'),
    async rotate(password) {
      await setPassword(password)
      await command('ACL', 'LOAD')
    },
    command,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async remove() {
      await server.kill()
      await remove()
    },
  }
}
