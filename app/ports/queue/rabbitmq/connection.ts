import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ChannelModel, connect, credentials } from 'amqplib'
import type { Log } from '../../../platform/logs.ts'

/** How the server is reached. The path of its URL is the virtual host. */
export interface Server {
  url: string
  user: string
  passwordFile: string
  /** File with the certificate authority that must have signed the server's certificate. */
  ca?: string | undefined
}

/** Milliseconds for a connection to come about. */
const PATIENCE = 10_000
/** Milliseconds for it to be made fit for use. */
const PREPARING = 5_000
/** Seconds between two signs of life; a connection that gives none for twice as long is over. */
const HEARTBEAT = 15
/** Milliseconds between tries to connect; they double up to the longest. */
const FIRST_PAUSE = 200
const LONGEST_PAUSE = 15_000
/** Milliseconds for a connection to end as it should. */
const PARTING = 5_000

/** A connection that is made again whenever it is lost. */
export interface Kept {
  /** Closes it, or gives up a server that says nothing. */
  end(): Promise<void>
}

/** Opens a connection for once. */
export async function openOnce(server: Server, purpose: string): Promise<ChannelModel> {
  const connection = await connect(address(server), options(server, purpose))
  // Whoever waits for an answer is told by that.
  connection.on('error', () => {})
  return connection
}

/**
 * Opens a connection and keeps it: at first, and after each loss, it is tried again and again. That it is lost is logged
 * once.
 *
 * @param prepare makes a new connection fit for use. If it fails, the connection is given up and another one tried.
 */
export function keepConnection(
  server: Server,
  purpose: string,
  prepare: (connection: ChannelModel) => Promise<void>,
  log: Log,
): Kept {
  let lost = false
  const lose = (err: Error) => {
    if (!lost) log.warn({ purpose, err }, 'RabbitMQ cannot be reached; work waits in the outboxes')
    lost = true
  }
  const setup = async (connection: ChannelModel) => {
    // amqplib itself listens only once this is over.
    let closed = false
    connection.on('close', () => {
      closed = true
    })
    connection.on('error', () => {})
    // A server that has just come back may take a request and never answer it.
    const limit = setTimeout(() => cut(connection), PREPARING)
    await prepare(connection).finally(() => clearTimeout(limit))
    if (closed) throw new Error('the connection was closed while it was made ready')
  }
  const recovery = { initialDelay: FIRST_PAUSE, maxDelay: LONGEST_PAUSE, waitForConnect: false, setup }
  const opened = connect(address(server), { ...options(server, purpose), recovery }).then((kept) => {
    kept.on('disconnect', lose)
    kept.on('connect-failed', lose)
    // What it means for us is said by one of those.
    kept.on('error', () => {})
    kept.on('connect', () => {
      if (lost) log.info({ purpose }, 'RabbitMQ is reached again')
      lost = false
    })
    kept.on('blocked', (reason) => log.warn({ purpose, reason }, 'RabbitMQ takes no messages'))
    kept.on('unblocked', () => log.info({ purpose }, 'RabbitMQ takes messages again'))
    return kept
  })
  return {
    async end() {
      const closed = opened.then((kept) => kept.close())
      await Promise.race([closed, sleep(PARTING, undefined, { ref: false })])
    },
  }
}

/** Breaks a connection off: one whose server does not answer would wait for the answer to its farewell, too. */
function cut({ connection }: ChannelModel): void {
  const { stream } = connection as unknown as { stream: Socket }
  stream.destroy(new Error(`the server did not answer within ${PREPARING / 1000} s`))
}

/** Gives a connection up for another one, once amqplib is done with what it is at. */
export function abandon(connection: ChannelModel): void {
  setImmediate(() => {
    // It may be closed already.
    connection.close().catch(() => {})
  })
}

function address({ url }: Server): string {
  const address = new URL(url)
  address.searchParams.set('heartbeat', String(HEARTBEAT))
  return address.href
}

/** What each connection asks for by itself, so that the files have the password and the authority of now. */
const options = ({ user, passwordFile, ca }: Server, purpose: string) => ({
  timeout: PATIENCE,
  noDelay: true,
  clientProperties: { connection_name: `kura ${purpose}` },
  // Of these options amqplib makes one copy for all connections; what this list holds is read by each.
  ...(ca !== undefined && { ca: Object.defineProperty([], 0, { enumerable: true, get: () => readFileSync(ca) }) }),
  credentials: {
    mechanism: 'PLAIN',
    response: () => credentials.plain(user, readFileSync(passwordFile, 'utf8').trim()).response(),
  },
})
