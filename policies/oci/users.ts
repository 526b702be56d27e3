import { identity } from '@pulumi/oci'
import type { Declared, Kind, PropsOf, Stack } from '../rule/index.ts'

type User = Declared<typeof identity.User>

/** What a user may sign in by; undefined where nothing limits it. */
export function capabilitiesOf(
  stack: Stack,
  user: User,
): PropsOf<typeof identity.UserCapabilitiesManagement> | undefined {
  return ofUser(stack, identity.UserCapabilitiesManagement, user)[0]?.props
}

/** Resources of a kind that are of a user. */
export function ofUser<K extends Kind>(stack: Stack, kind: K, { urn }: User): Declared<K>[] {
  return stack.of(kind).filter((one) => stack.linked(one, 'userId', identity.User).some((user) => user.urn === urn))
}
