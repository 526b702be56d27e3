import type { ConfirmChannel, GetMessage } from 'amqplib'
import { PACES } from '../port.ts'
import { openOnce, type Server } from './connection.ts'
import { deadQueueOf, declareQueues, properties, queueOf, tenantOf } from './topology.ts'

export interface QueueState {
  queue: string
  messages: number
  consumers: number
}

/** A message that could not be handled. */
export interface DeadLetter {
  /** Queue that it was in. */
  queue: string
  /** RabbitMQ's word: `delivery_limit` for what failed too often, `rejected` for what is not ours. */
  reason: string
  /** When it was put aside. */
  since: string
  /** Institution that it is about; nothing if it is not ours. */
  tenant: string | undefined
  body: string
}

export interface Replayed extends DeadLetter {
  /** Whether it is back where it was. */
  replayed: boolean
}

/** Characters shown of a message. */
const SHOWN = 200

/** The queues of cells, those of dead letters too. */
export const listQueues = (server: Server, cells: readonly string[]): Promise<QueueState[]> =>
  work(server, cells, async (channel) => {
    const states: QueueState[] = []
    for (const cell of cells)
      for (const queue of [...PACES.map((pace) => queueOf(cell, pace)), deadQueueOf(cell)]) {
        const { messageCount, consumerCount } = await channel.checkQueue(queue)
        states.push({ queue, messages: messageCount, consumers: consumerCount })
      }
    return states
  })

/**
 * The dead letters of cells, up to `limit` of each. Each goes to the end of its queue and carries what is known of it
 * along: the server counts how often a message is given back.
 */
export const deadLetters = async (server: Server, cells: readonly string[], limit: number): Promise<DeadLetter[]> =>
  (await move(server, cells, limit, (_, cell) => deadQueueOf(cell))).map(({ letter }) => letter)

/** Sends dead letters back to the queues that they were in. One whose queue is full or gone stays. */
export const replay = async (server: Server, cells: readonly string[]): Promise<Replayed[]> =>
  (await move(server, cells, Number.POSITIVE_INFINITY, ({ queue }) => queue)).map(({ letter, taken }) => ({
    ...letter,
    replayed: taken,
  }))

/**
 * Takes messages off the queues of dead letters once another queue has taken them over: broken off, one is there twice.
 * What that queue does not take goes to the end of its own.
 */
const move = (
  server: Server,
  cells: readonly string[],
  limit: number,
  whither: (letter: DeadLetter, cell: string) => string,
) =>
  work(server, cells, async (channel) => {
    const moved: { letter: DeadLetter; taken: boolean }[] = []
    for (const cell of cells) {
      const dead = deadQueueOf(cell)
      const { messageCount } = await channel.checkQueue(dead)
      for (let left = Math.min(limit, messageCount); left > 0; left--) {
        const message = await channel.get(dead)
        if (!message) break
        const letter = describe(message)
        const taken = await isTaken(channel, whither(letter, cell), message, letter)
        if (!taken && !(await isTaken(channel, dead, message, letter))) throw new Error(`${dead} takes no messages`)
        channel.ack(message)
        moved.push({ letter, taken })
      }
    }
    return moved
  })

/** Sends a dead letter to a queue, and says whether that has taken it over. */
function isTaken(channel: ConfirmChannel, to: string, { content }: GetMessage, letter: DeadLetter): Promise<boolean> {
  const { queue, reason, since } = letter
  const headers = { 'kura-queue': queue, 'kura-reason': reason, 'kura-since': since }
  return new Promise((resolve) => {
    let returned = false
    const onReturn = () => {
      returned = true
    }
    // What no queue took is returned first, and confirmed all the same.
    channel.once('return', onReturn)
    channel.publish('', to, content, { ...properties(), headers }, (error) => {
      channel.off('return', onReturn)
      resolve(!error && !returned)
    })
  })
}

function describe(message: GetMessage): DeadLetter {
  const headers = message.properties.headers ?? {}
  const [death] = (headers['x-death'] ?? []) as { queue: string; reason: string; time: { value: number } }[]
  // What has died again says so last.
  return {
    queue: death?.queue ?? headers['kura-queue'] ?? '',
    reason: death?.reason ?? headers['kura-reason'] ?? '',
    since: death ? new Date(death.time.value * 1000).toISOString() : (headers['kura-since'] ?? ''),
    tenant: tenantOf(message),
    body: message.content.toString().slice(0, SHOWN),
  }
}

async function work<T>(server: Server, cells: readonly string[], what: (channel: ConfirmChannel) => Promise<T>) {
  const connection = await openOnce(server, 'operator')
  try {
    const channel = await connection.createConfirmChannel()
    channel.on('error', () => {})
    for (const cell of cells) await declareQueues(channel, cell)
    const result = await what(channel)
    await channel.close()
    return result
  } finally {
    await connection.close()
  }
}
