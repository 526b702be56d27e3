import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import type { Log } from '../../../platform/logs.ts'
import { type Counts, type Handle, LAST_TURNS, PACES, type Pace } from '../port.ts'
import { createTurns, type Ending } from '../turns.ts'
import { keepConnection, type Server } from './connection.ts'
import type { Sender } from './sender.ts'
import { declareQueues, queueOf, tenantOf } from './topology.ts'

/** Messages that are in hand at a time, of each queue: an institution each, of all that a cell serves. */
const IN_HAND = 32
/** Milliseconds for the server to take over what is sent again; then its institution takes another turn here. */
const CONFIRMED = 5_000
/** Milliseconds until a queue that gives no answer is told of. */
const SILENT = 10_000
/** Milliseconds until a queue is received again whose channel has closed; they double up to the longest. */
const FIRST_PAUSE = 200
const LONGEST_PAUSE = 30_000
/** Milliseconds for which an institution with more to do takes its turns here; then others may take them over. */
const HERE = 1_000

interface Delivery {
  since: number
  message: ConsumeMessage
  channel: Channel
}

interface ReceiverParts {
  handle: Handle
  sender: Pick<Sender, 'send'>
  counts: Counts
  log: Log
}

/** Receives cells' nudges and has them handled. */
export function createReceiver(server: Server, cells: readonly string[], parts: ReceiverParts) {
  const hands = PACES.map((pace) => createHand(pace, parts))
  const consumers = new Map<Channel, string>()
  const kept = keepConnection(
    server,
    'receiver',
    async (connection) => {
      let open = true
      connection.once('close', () => {
        open = false
      })
      const attendAlways = async (cell: string, hand: Hand) => {
        for (let pause = FIRST_PAUSE; open; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
          await attend(connection, cell, hand, consumers, parts.log).catch((err) => {
            if (open) parts.log.warn({ queue: queueOf(cell, hand.pace), err }, 'receiving from RabbitMQ failed')
          })
          await sleep(pause, undefined, { ref: false })
        }
      }
      for (const cell of cells) for (const hand of hands) void attendAlways(cell, hand)
    },
    parts.log,
  )
  const leave = async () => {
    await Promise.allSettled([...consumers].map(([channel, tag]) => channel.cancel(tag)))
  }
  const idle = async () => {
    await Promise.all(hands.map((hand) => hand.idle()))
  }
  return {
    idle,
    /** Takes no more, and is done when turns under way are. What waited for a turn, or does not end, goes to others. */
    async end() {
      for (const hand of hands) hand.stop()
      await Promise.race([Promise.all([leave(), idle()]), sleep(LAST_TURNS, undefined, { ref: false })])
      await kept.end()
    },
  }
}

/**
 * Receives what is in a queue until its channel closes. Each queue has a channel of its own, which waits for one that
 * gives no answer and keeps no other from being received: RabbitMQ 3.10 can leave an empty one so when it is killed.
 */
async function attend(
  connection: ChannelModel,
  cell: string,
  hand: Hand,
  consumers: Map<Channel, string>,
  log: Log,
): Promise<void> {
  const queue = queueOf(cell, hand.pace)
  const channel = await connection.createChannel()
  const closed = new Promise<void>((resolve) => channel.once('close', resolve))
  channel.on('error', (err) => log.warn({ queue, err }, 'receiving from RabbitMQ failed'))
  const limit = setTimeout(() => log.warn({ queue }, 'RabbitMQ gives nothing of a queue yet'), SILENT).unref()
  try {
    await channel.prefetch(IN_HAND)
    await declareQueues(channel, cell)
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message) hand.take({ message, channel, since: performance.now() })
      // The queue is gone: it is declared anew.
      else channel.close().catch(() => {})
    })
    consumers.set(channel, consumerTag)
  } finally {
    clearTimeout(limit)
  }
  await closed
  consumers.delete(channel)
}

type Hand = ReturnType<typeof createHand>

/**
 * What is in hand of one pace: a message for each institution. The last one that came stands for those before it, as its
 * turn is yet to begin or to be taken again; unanswered, it comes to somebody else if this process ends.
 */
function createHand(pace: Pace, { handle, sender, counts, log }: ReceiverParts) {
  const held = new Map<string, Delivery>()
  const resending = new Set<Promise<void>>()

  const settle = (tenant: string, { left }: Ending) => {
    const delivery = held.get(tenant)
    if (!delivery) return
    if (left === 'nothing') release(tenant, delivery)
    else if (left === 'failed') {
      held.delete(tenant)
      // The server counts it, and puts it aside in the end. (A nack does not count any more, from RabbitMQ 4.3 on.)
      answer(delivery, ({ channel, message }) => channel.reject(message))
    } else if (performance.now() - delivery.since < HERE) turns.take(tenant)
    else {
      const resent = resend(tenant, delivery).finally(() => resending.delete(resent))
      resending.add(resent)
    }
  }
  const turns = createTurns(pace, handle, settle, { counts, log })

  /** To the end of the queue, behind those that wait there; whoever is free takes it. */
  const resend = async (tenant: string, delivery: Delivery) => {
    const given = Symbol()
    const waited = sleep(CONFIRMED, given, { ref: false })
    const result = await Promise.race([sender.send({ tenant, pace }), waited])
    // Another one has come meanwhile, and has seen to it.
    if (held.get(tenant) !== delivery) return
    if (result === given) turns.take(tenant)
    else release(tenant, delivery)
  }
  const release = (tenant: string, delivery: Delivery) => {
    held.delete(tenant)
    answer(delivery, ({ channel, message }) => channel.ack(message))
  }
  return {
    pace,
    take(delivery: Delivery) {
      const tenant = tenantOf(delivery.message)
      if (tenant === undefined) {
        log.error({ queue: delivery.message.fields.routingKey }, 'a message that is not ours is put aside')
        return answer(delivery, ({ channel, message }) => channel.reject(message, false))
      }
      const before = held.get(tenant)
      held.set(tenant, delivery)
      if (before) answer(before, ({ channel, message }) => channel.ack(message))
      turns.take(tenant)
    },
    async idle() {
      while (turns.busy() || resending.size > 0) await Promise.all([turns.idle(), ...resending])
    },
    stop: turns.stop,
  }
}

/** Answers a message, unless its channel has closed: then it has been given to somebody else. */
function answer(delivery: Delivery, how: (delivery: Delivery) => void): void {
  try {
    how(delivery)
  } catch {
    // amqplib refuses what a closed channel is asked to do.
  }
}
