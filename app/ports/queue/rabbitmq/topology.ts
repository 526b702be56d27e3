import type { Channel, ConsumeMessage, Message, Options } from 'amqplib'
import { z } from 'zod'
import { type Nudge, PACES, type Pace } from '../port.ts'

/*
 * Each cell has a queue for each pace, and one for what could not be handled. They are quorum queues: they live on as
 * long as most nodes do. How long they may become, and how often a message is given out, the platform's policy says.
 */

export const queueOf = (cell: string, pace: Pace) => `kura.${cell}.${pace}`
export const deadQueueOf = (cell: string) => `kura.${cell}.dead`

const QUORUM = { 'x-queue-type': 'quorum' }

/** Makes a cell's queues where they are not there yet. */
export async function declareQueues(channel: Channel, cell: string): Promise<void> {
  const dead = deadQueueOf(cell)
  await channel.assertQueue(dead, { durable: true, arguments: QUORUM })
  for (const pace of PACES)
    await channel.assertQueue(queueOf(cell, pace), {
      durable: true,
      // By the default exchange, which knows every queue by its name.
      arguments: { ...QUORUM, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': dead },
    })
}

const Body = z.object({ tenant: z.string().min(1) })

export const bodyOf = ({ tenant }: Nudge): Buffer => Buffer.from(JSON.stringify({ tenant }))

export const properties = (): Options.Publish => ({
  contentType: 'application/json',
  persistent: true,
  // A queue that somebody has deleted must not swallow anything.
  mandatory: true,
  timestamp: Math.floor(Date.now() / 1000),
})

/** The institution that a message is about; nothing if it is not one of ours. */
export function tenantOf({ content }: Message | ConsumeMessage): string | undefined {
  try {
    return Body.parse(JSON.parse(content.toString())).tenant
  } catch {
    return undefined
  }
}
