import { createHash } from 'node:crypto'

/** The virtual host that all cells share; queues carry the cell's name. */
export const VHOST = 'kura'

/** Messages that one queue takes: more are refused, and stay in the outbox until there is room. */
const MESSAGES = 1_000_000

/** Times that a message is given out again before it is put aside: it has then failed, and not its worker. */
const DELIVERIES = 20
/**
 * What has been put aside stays, however often somebody looks at it: over the limit it would be dropped. Without a limit
 * of its own it would have the server's (20, since 4.0), and none can be said to a queue alone.
 */
const LOOKS = 1_000_000

interface User {
  name: string
  /** What RabbitMQ stores of the password: {@link passwordHash}. */
  hash: string
}

interface Limits {
  connections: number
  queues: number
}

/** RabbitMQ's salted SHA-256 of a password, base64. `salt` is four bytes. */
export function passwordHash(password: string, salt: Buffer): string {
  const hash = createHash('sha256').update(salt).update(password).digest()
  return Buffer.concat([salt, hash]).toString('base64')
}

/**
 * The definitions file: who may connect, and to what. Queues are the application's own; here stands only what holds for
 * all of them.
 */
export function definitions(application: User, monitoring: User, limits: Limits): string {
  const user = ({ name, hash }: User, tags: string[]) => ({
    name,
    password_hash: hash,
    hashing_algorithm: 'rabbit_password_hashing_sha256',
    tags,
  })
  const room = { 'max-length': MESSAGES, overflow: 'reject-publish' }
  return JSON.stringify({
    users: [user(application, []), user(monitoring, ['monitoring'])],
    vhosts: [{ name: VHOST, metadata: { default_queue_type: 'quorum', description: 'Kura', tags: [] } }],
    permissions: [
      { user: application.name, vhost: VHOST, configure: '.*', write: '.*', read: '.*' },
      // It sees the virtual host, and may touch nothing in it.
      { user: monitoring.name, vhost: VHOST, configure: '^$', write: '^$', read: '^$' },
    ],
    parameters: [
      {
        component: 'vhost-limits',
        name: 'limits',
        vhost: VHOST,
        value: { 'max-connections': limits.connections, 'max-queues': limits.queues },
      },
    ],
    policies: [
      {
        vhost: VHOST,
        name: 'limits',
        pattern: '.*',
        'apply-to': 'queues',
        priority: 0,
        definition: { ...room, 'delivery-limit': DELIVERIES },
      },
      {
        vhost: VHOST,
        name: 'dead',
        pattern: '\\.dead$',
        'apply-to': 'queues',
        // A queue has one policy alone.
        priority: 1,
        definition: { ...room, 'delivery-limit': LOOKS },
      },
    ],
  })
}
