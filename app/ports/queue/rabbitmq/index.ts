import type { Config } from '../../../config.ts'
import type { Log } from '../../../platform/logs.ts'
import type { Counts, Handle, Queue } from '../port.ts'
import type { Server } from './connection.ts'
import { createReceiver } from './receiver.ts'
import { createSender } from './sender.ts'

export { deadLetters, listQueues, replay } from './look.ts'

interface RabbitmqQueueParts extends Pick<Config, 'cells'> {
  server: Server
  tenants: readonly { id: string; cell: string }[]
}

/**
 * The queue of cells on RabbitMQ. It connects when there is something to send or to receive. While it cannot, callers
 * notice nothing: what they have sent is sent later, and the worker's rounds work off the outboxes.
 */
export function rabbitmqQueue({ server, cells, tenants }: RabbitmqQueueParts, handle: Handle, log: Log): Queue {
  const counts: Counts = { sent: 0, unsent: 0, handled: 0, failed: 0 }
  const cell = new Map(tenants.map(({ id, cell }) => [id, cell]))
  const cellOf = (tenant: string) => {
    const found = cell.get(tenant)
    if (found === undefined) throw new Error(`${tenant} is in no cell of this process`)
    return found
  }
  const sender = createSender(server, { cells, cellOf }, { counts, log })
  let receiver: ReturnType<typeof createReceiver> | undefined
  return {
    send: (nudge) => void sender.send(nudge),
    receive() {
      receiver ??= createReceiver(server, cells, { handle, sender, counts, log })
    },
    async settled() {
      await receiver?.idle()
      await sender.settled()
    },
    async end() {
      await receiver?.end()
      await sender.end()
    },
    counts,
  }
}
