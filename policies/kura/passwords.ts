import type { RandomPassword } from '@pulumi/random'
import type { Declared } from '../rule/index.ts'

/** The institution that a password is for; undefined for a password of anything else. */
export function tenantOf({ name, resource: { parent } }: Declared<typeof RandomPassword>): string | undefined {
  return parent?.type === 'kura:cluster:Passwords' ? name.slice(parent.name.length + 1) : undefined
}
