import { identity } from '@pulumi/oci'
import type { Declared, Kind, PropsOf, Stack } from '../rule/index.ts'

/** Users, as the tenancy knows them and as an identity domain does. */
export const USERS = [identity.User, identity.DomainsUser]

/** Keys by which a user signs requests, as the tenancy knows them and as an identity domain does. */
export const API_KEYS = [identity.ApiKey, identity.DomainsApiKey]

type User = Declared<(typeof USERS)[number]>

/** What a user may sign in by; undefined where nothing limits it. */
export function capabilitiesOf(
  stack: Stack,
  user: User,
): PropsOf<typeof identity.UserCapabilitiesManagement> | undefined {
  return ofUser(stack, identity.UserCapabilitiesManagement, user)[0]?.props
}

/** Resources of some kinds that are of a user. */
export function ofUser<K extends Kind>(stack: Stack, kinds: K | K[], user: User): Declared<K>[] {
  return stack.of(kinds).filter((one) => usersOf(stack, one).some(({ urn }) => urn === user.urn))
}

/** Users that a resource is of, or that are members of a group: what a domain has names them in other properties. */
export function usersOf(stack: Stack, one: Declared<Kind>): User[] {
  return ['userId', 'user', 'members'].flatMap((property) => linkedTo(stack, one, property, USERS))
}

/** Names of the groups that a user is in, as far as they are declared; OCIDs of those that are not. */
export function groupsOf(stack: Stack, user: User): string[] {
  const memberships = ofUser(stack, identity.UserGroupMembership, user).flatMap((membership) => {
    const groups = linkedTo(stack, membership, 'groupId', [identity.Group, identity.DomainsGroup])
    return groups.length > 0 ? groups.map(nameOf) : [membership.props.groupId]
  })
  return [...memberships, ...ofUser(stack, identity.DomainsGroup, user).map(nameOf)]
}

/** The tenancy names a group itself where a program does not. */
function nameOf({ props }: Declared<typeof identity.Group | typeof identity.DomainsGroup>): string {
  return ('displayName' in props ? props.displayName : props.name) ?? ''
}

function linkedTo<K extends Kind>(stack: Stack, from: Declared<Kind>, property: string, kinds: K[]): Declared<K>[] {
  return kinds.flatMap((kind) => stack.linked(from, property, kind))
}
