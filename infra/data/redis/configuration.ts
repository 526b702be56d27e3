import { createHash } from 'node:crypto'
import type * as pulumi from '@pulumi/pulumi'

export const PORT = 6379
export const FOLDER = '/etc/redis'
export const CERTIFICATES = '/etc/redis-tls'

/** Part of the container's memory that keys and values may take; connections and fragmentation need the rest. */
const KEYS_SHARE = 0.7

/** `redis.conf`: a cache, which keeps nothing, is bounded, and talks TLS alone. `memory` in GiB. */
export function configuration(memory: number): string {
  const settings: Record<string, string | number> = {
    port: 0,
    'tls-port': PORT,
    'tls-cert-file': `${CERTIFICATES}/tls.crt`,
    'tls-key-file': `${CERTIFICATES}/tls.key`,
    'tls-ca-cert-file': `${CERTIFICATES}/ca.crt`,
    // Clients prove who they are by password.
    'tls-auth-clients': 'no',
    aclfile: `${FOLDER}/users.acl`,
    save: '""',
    appendonly: 'no',
    dir: '/tmp',
    maxmemory: `${Math.floor(memory * KEYS_SHARE * 1024)}mb`,
    'maxmemory-policy': 'allkeys-lru',
    'tcp-keepalive': 60,
  }
  return Object.entries(settings)
    .map(([key, value]) => `${key} ${value}\n`)
    .join('')
}

/**
 * `users.acl`. The application's user may do with keys what it likes, and nothing with the server; everybody else may
 * ask whether it is alive.
 */
export function users(user: string, password: pulumi.Output<string>): pulumi.Output<string> {
  return password.apply((plain) => {
    const hash = createHash('sha256').update(plain).digest('hex')
    return [
      'user default off',
      'user probe on nopass resetkeys resetchannels -@all +ping',
      `user ${user} on #${hash} ~* resetchannels +@all -@admin -@dangerous +info`,
      '',
    ].join('\n')
  })
}
