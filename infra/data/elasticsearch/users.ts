import * as pulumi from '@pulumi/pulumi'
import type { RandomPassword } from '@pulumi/random'
import { stringify } from 'yaml'
import { password } from '../../password.ts'

/** Indexes of institutions, with the aliases before them. */
const INDEXES = ['kura-*']

/** What a user may do: a role of the same name. */
const ROLES = {
  /** Makes institutions' indexes and the users that see one of them each. */
  kura: {
    cluster: ['monitor', 'manage_index_templates', 'manage_security'],
    indices: [{ names: INDEXES, privileges: ['all'] }],
  },
  /** Registers repositories, takes snapshots, and drops those that are too old. */
  snapshots: {
    cluster: ['monitor', 'cluster:admin/repository/*', 'cluster:admin/snapshot/*'],
    indices: [{ names: ['*'], privileges: ['view_index_metadata'], allow_restricted_indices: true }],
  },
  monitoring: {
    cluster: ['monitor', 'monitor_snapshot'],
    indices: [{ names: ['*'], privileges: ['monitor'], allow_restricted_indices: true }],
  },
}

export type UserName = keyof typeof ROLES
const USER_NAMES = Object.keys(ROLES) as UserName[]

/** Passwords of the users that are there from the start. */
export function passwords(
  named: (suffix: string) => string,
  generation: number,
  parent: pulumi.Resource,
): Record<UserName, RandomPassword> {
  const made = (user: UserName) => password(named(user), generation, parent)
  return { kura: made('kura'), snapshots: made('snapshots'), monitoring: made('monitoring') }
}

/** Files of the file realm. A node looks at them every few seconds, so a new password needs no restart. */
export function realm(made: Record<UserName, RandomPassword>) {
  const hashes = pulumi.all(USER_NAMES.map((user) => made[user].bcryptHash))
  return {
    users: hashes.apply((all) => USER_NAMES.map((user, index) => `${user}:${all[index]}\n`).join('')),
    users_roles: USER_NAMES.map((user) => `${user}:${user}\n`).join(''),
    // In blocks: Elasticsearch cuts the file at lines that begin with a name.
    'roles.yml': stringify(ROLES),
  }
}
