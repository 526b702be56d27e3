import { ROLES } from './roles.ts'

export const PORT = 5432

/**
 * `pg_hba.conf`. It replaces Spilo's as a whole: that lets replicate nobody but Patroni's user. Passwords alone, and
 * TLS alone, for everybody who does not come from the same pod.
 */
function hostBasedAccess(): string[] {
  return [
    'local all all trust',
    'local replication standby trust',
    'host all all 127.0.0.1/32 scram-sha-256',
    'host all all ::1/128 scram-sha-256',
    `hostssl replication standby,${ROLES.backup.user} all scram-sha-256`,
    'hostssl all all all scram-sha-256',
  ]
}

/** What Patroni is told. */
export const PATRONI_SETTINGS = {
  synchronous_mode: true,
  synchronous_mode_strict: false,
  // The primary stays one while Kubernetes' API is away, as long as all instances see each other.
  failsafe_mode: true,
  // Text is ordered by code point: no index changes its order with the image's C library.
  initdb: { encoding: 'UTF8', locale: 'C.UTF-8', 'data-checksums': 'true' },
  pg_hba: hostBasedAccess(),
}
