import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './administrator-without-api-key.ts'

const user = declared(identity.User, 'root', {})
const administrators = declared(identity.Group, 'admins', { name: 'Administrators' })
const others = declared(identity.Group, 'readers', { name: 'Readers' })
const member = (groupId: string, ...groups: (typeof others)[]) =>
  declared(identity.UserGroupMembership, 'member', { groupId }, { linked: { userId: [user], groupId: groups } })
const key = declared(identity.ApiKey, 'key', {}, { linked: { userId: [user] } })
const domainUser = declared(identity.DomainsUser, 'director', {})
const domainGroup = (displayName: string, members = [domainUser]) =>
  declared(identity.DomainsGroup, 'group', { displayName }, { linked: { members } })
const domainKey = declared(identity.DomainsApiKey, 'key', {}, { linked: { user: [domainUser] } })
const told = 'key: userId holds an administrator; write a user that may do what the key is for, and no more.'

cases(rule, {
  config: { administrators: ['administrators', 'ocid1.group.oc1..admins'] },
  passes: {
    'a key of somebody else': [user, others, member('', others), key],
    'a key of somebody in no group': [user, key],
    'an administrator without a key': [user, administrators, member('', administrators)],
    'a key of somebody else of a domain': [domainUser, domainGroup('Readers'), domainKey],
    'a domain whose administrator is somebody else': [domainUser, domainGroup('Administrators', []), domainKey],
    'a member of a group that stands elsewhere': [user, member('ocid1.group.oc1..readers'), key],
  },
  breaks: {
    'a key of an administrator': [[user, administrators, member('', administrators), key], told],
    'a key of an administrator of a domain': [
      [domainUser, domainGroup('Administrators'), domainKey],
      told.replace('userId', 'user'),
    ],
    'a key of a user of a domain whom a membership makes an administrator': [
      [
        domainUser,
        domainGroup('administrators', []),
        declared(
          identity.UserGroupMembership,
          'member',
          {},
          { linked: { userId: [domainUser], groupId: [domainGroup('administrators', [])] } },
        ),
        domainKey,
      ],
      told.replace('userId', 'user'),
    ],
    'a key of a member of the group that was there before': [[user, member('ocid1.group.oc1..admins'), key], told],
  },
})
