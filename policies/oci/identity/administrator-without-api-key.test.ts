import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './administrator-without-api-key.ts'

const user = declared(identity.User, 'root', {})
const administrators = declared(identity.Group, 'admins', { name: 'Administrators' })
const others = declared(identity.Group, 'readers', { name: 'Readers' })
const member = (groupId: string, ...groups: (typeof others)[]) =>
  declared(identity.UserGroupMembership, 'member', { groupId }, { linked: { userId: [user], groupId: groups } })
const key = declared(identity.ApiKey, 'key', {}, { linked: { userId: [user] } })
const told = 'key: userId holds an administrator; write a user that may do what the key is for, and no more.'

cases(rule, {
  config: { administrators: ['administrators', 'ocid1.group.oc1..admins'] },
  passes: {
    'a key of somebody else': [user, others, member('', others), key],
    'a key of somebody in no group': [user, key],
    'an administrator without a key': [user, administrators, member('', administrators)],
    'a member of a group that stands elsewhere': [user, member('ocid1.group.oc1..readers'), key],
  },
  breaks: {
    'a key of an administrator': [[user, administrators, member('', administrators), key], told],
    'a key of a member of the group that was there before': [[user, member('ocid1.group.oc1..admins'), key], told],
  },
})
