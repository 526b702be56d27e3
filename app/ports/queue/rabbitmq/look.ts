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
 * along: the server counts how often a message is given back, and would drop one that is looked at often.
 */
export const deadLetters = (server: Server, cells: readonly string[], limit: number): Promise<DeadLetter[]> =>
  move(server, cells, limit, (_, cell) => deadQueueOf(cell))

/** Sends all dead letters back to the queues that they were in. */
export const replay = (server: Server, cells: readonly string[]): Promise<DeadLetter[]> =>
  move(server, cells, Number.POSITIVE_INFINITY, ({ queue }) => queue)

/** Takes messages off the queues of dead letters once they are confirmed elsewhere: broken off, one is there twice. */
const move = (
  server: Server,
  cells: readonly string[],
  limit: number,
  whither: (letter: DeadLetter, cell: string) => string,
) =>
  work(server, cells, async (channel) => {
    const letters: DeadLetter[] = []
    for (const cell of cells) {
      const { messageCount } = await channel.checkQueue(deadQueueOf(cell))
      for (let left = Math.min(limit, messageCount); left > 0; left--) {
        const message = await channel.get(deadQueueOf(cell))
        if (!message) break
        const letter = describe(message)
        const { queue, reason, since } = letter
        channel.publish('', whither(letter, cell), message.content, {
          ...properties(),
          headers: { 'kura-queue': queue, 'kura-reason': reason, 'kura-since': since },
        })
        await channel.waitForConfirms()
        channel.ack(message)
        letters.push(letter)
      }
    }
    return letters
  })

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
