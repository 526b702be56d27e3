import { readFile } from 'node:fs/promises'
import { createClient } from 'redis'
import type { Log } from '../../platform/logs.ts'

/** Milliseconds that an answer may take. */
const ANSWER = 100
/** Milliseconds that connecting may take: nobody waits for it. */
const CONNECT = 1_000
/** Milliseconds for which the server is left alone once it has failed. */
const REST = 1_000
/** Commands that wait for their answers at a time; what comes beyond fails. */
const WAITING = 1_000

export interface RedisServer {
  url: string
  user: string
  ca?: string | undefined
}

const clientFor = async ({ url, user, ca }: RedisServer, passwordFile: string) =>
  createClient({
    url,
    username: user,
    password: (await readFile(passwordFile, 'utf8')).trim(),
    // It says whether the server is there by answering or not: the link tries again itself, and queues nothing.
    socket: { connectTimeout: CONNECT, reconnectStrategy: false, ...(ca && { ca: await readFile(ca, 'utf8') }) },
    disableOfflineQueue: true,
    commandsQueueMaxLength: WAITING,
    // Of servers that are bought, and of later ones than ours.
    maintNotifications: 'disabled',
    disableClientInfo: true,
  })

export type RedisClient = Awaited<ReturnType<typeof clientFor>>

/**
 * A connection to Redis that nobody waits for. It is made when there is something to ask, in the background, with the
 * password and the authority as the files have them then. Whatever fails ends it; the server is then left alone for a
 * moment, and an outage stands in the log once.
 */
export class Link {
  readonly #server: RedisServer
  readonly #passwordFile: string
  readonly #log: Log
  #client: RedisClient | undefined
  #connecting = false
  #restsUntil = 0
  #gone = false
  #ended = false

  constructor(server: RedisServer, passwordFile: string, log: Log) {
    this.#server = server
    this.#passwordFile = passwordFile
    this.#log = log
  }

  /**
   * Asks the server.
   *
   * @throws Error at once where there is no connection, and within a tenth of a second where there is no answer.
   */
  async ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    const client = this.#client
    if (!client) {
      void this.#connect()
      throw new Error('there is no connection to the cache')
    }
    try {
      return await within(ANSWER, command(client))
    } catch (error) {
      this.#lose(client, error)
      throw error
    }
  }

  end() {
    this.#ended = true
    if (this.#client) destroy(this.#client)
    this.#client = undefined
  }

  async #connect(): Promise<void> {
    if (this.#connecting || this.#ended || performance.now() < this.#restsUntil) return
    this.#connecting = true
    let client: RedisClient | undefined
    try {
      const made = await clientFor(this.#server, this.#passwordFile)
      client = made
      made.on('error', (error) => this.#lose(made, error))
      // A process that has nothing else to do is not kept alive by it.
      made.unref()
      await within(CONNECT, made.connect())
      if (this.#ended) return destroy(made)
      this.#client = made
      if (this.#gone) this.#log.info('the cache is there again')
      this.#gone = false
    } catch (error) {
      if (client) destroy(client)
      this.#rest(error)
    } finally {
      this.#connecting = false
    }
  }

  #lose(client: RedisClient, error: unknown) {
    if (client !== this.#client) return
    this.#client = undefined
    destroy(client)
    this.#rest(error)
  }

  #rest(error: unknown) {
    this.#restsUntil = performance.now() + REST
    if (!this.#gone) this.#log.warn({ err: error }, 'the cache is gone: it is done without')
    this.#gone = true
  }
}

/** Ends a connection at once. What still waits for an answer fails. */
function destroy(client: RedisClient) {
  if (client.isOpen) client.destroy()
}

/** Waits for an answer, and not for ever. */
async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>()
  const giveUp = () => reject(new Error(`no answer within ${milliseconds} ms`))
  // Where this process was busy itself, the answer may have come and not been read: it is, before `setImmediate` runs.
  const timer = setTimeout(() => setImmediate(giveUp), milliseconds)
  try {
    return await Promise.race([answer, over])
  } finally {
    clearTimeout(timer)
  }
}
