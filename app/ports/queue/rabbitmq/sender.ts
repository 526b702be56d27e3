import { setTimeout as sleep } from 'node:timers/promises'
import type { ConfirmChannel, Message } from 'amqplib'
import type { Log } from '../../../platform/logs.ts'
import type { Counts, Nudge } from '../port.ts'
import { abandon, type Kept, keepConnection, type Server } from './connection.ts'
import { bodyOf, declareQueues, properties, queueOf } from './topology.ts'

/** Milliseconds in which nudges of an institution become one: what a bulk import sends is bounded by time. */
const WINDOW = 50
/** Milliseconds until what the server refused is sent again: a queue was full. */
const REFUSED = 1_000
/** Milliseconds for what has not been sent when the process ends. The worker's round finds the rest. */
const PARTING = 3_000

interface Pending extends PromiseWithResolvers<void> {
  queue: string
  body: Buffer
}

/**
 * Sends nudges and keeps those that are not confirmed yet: one for each institution and pace at most, so that nothing
 * grows while the server is gone. It connects when there is something to send.
 *
 * @param cellOf the cell that an institution belongs to.
 */
export function createSender(
  server: Server,
  { cells, cellOf }: { cells: readonly string[]; cellOf: (tenant: string) => string },
  { counts, log }: { counts: Counts; log: Log },
) {
  const pending = new Map<string, Pending>()
  const unconfirmed = new Set<Promise<void>>()
  const returned = new Set<string>()
  let kept: Kept | undefined
  let channel: ConfirmChannel | undefined
  let pumping: Promise<void> | undefined

  const open = () =>
    keepConnection(
      server,
      'sender',
      async (connection) => {
        const opened = await connection.createConfirmChannel()
        opened.on('error', (err) => log.warn({ err }, 'sending to RabbitMQ failed'))
        // One way leads back to a channel: a new connection, which declares what it needs.
        const leave = () => {
          if (channel === opened) channel = undefined
          abandon(connection)
        }
        opened.once('close', leave)
        opened.on('return', ({ properties: { messageId } }: Message) => {
          returned.add(messageId as string)
          leave()
        })
        for (const cell of cells) await declareQueues(opened, cell)
        channel = opened
        begin()
      },
      log,
    )

  const keep = (key: string, one: Pending) => {
    const later = pending.get(key)
    if (later) later.promise.then(one.resolve)
    else pending.set(key, one)
  }
  /** Whether the server has taken over a nudge. */
  const publish = (on: ConfirmChannel, key: string, { queue, body }: Pending) =>
    new Promise<boolean>((resolve) => {
      const options = { ...properties(), messageId: key }
      try {
        on.publish('', queue, body, options, (error) =>
          // What no queue took is returned first, and confirmed all the same.
          resolve(!returned.delete(key) && !error),
        )
      } catch {
        // The channel has closed meanwhile.
        resolve(false)
      }
    })
  const pump = async () => {
    while (channel && pending.size > 0) {
      const on = channel
      const batch = [...pending]
      pending.clear()
      const pause = sleep(WINDOW)
      let refused = false
      await Promise.all(
        batch.map(async ([key, one]) => {
          if (await publish(on, key, one)) {
            counts.sent++
            one.resolve()
          } else {
            counts.unsent++
            refused ||= channel === on
            keep(key, one)
          }
        }),
      )
      await (refused ? sleep(REFUSED) : pause)
    }
    pumping = undefined
  }
  const begin = () => {
    if (channel && pending.size > 0) pumping ??= pump()
  }
  const settled = async () => {
    while (pumping) await pumping
  }
  return {
    /** Sends a nudge with the next ones; kept when the server has taken it over, however long that may be. */
    send(nudge: Nudge): Promise<void> {
      const key = `${nudge.pace} ${nudge.tenant}`
      const same = pending.get(key)
      if (same) return same.promise
      const queue = queueOf(cellOf(nudge.tenant), nudge.pace)
      const one = { queue, body: bodyOf(nudge), ...Promise.withResolvers<void>() }
      pending.set(key, one)
      unconfirmed.add(one.promise)
      one.promise.then(() => unconfirmed.delete(one.promise))
      kept ??= open()
      begin()
      return one.promise
    },
    settled,
    async end() {
      await Promise.race([Promise.all(unconfirmed), sleep(PARTING, undefined, { ref: false })])
      await kept?.end()
    },
  }
}

export type Sender = ReturnType<typeof createSender>
