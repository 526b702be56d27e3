import type { Settings } from '../settings.ts'

/** Host name of the shared identity provider. */
export function identityHost({ zone }: Pick<Settings, 'zone'>): string {
  return `identity.${zone}`
}
