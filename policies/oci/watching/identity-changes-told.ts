import { events } from '@pulumi/oci'
import { type Subject, untold } from '../events.ts'
import { tenancyRule } from '../tenancy.ts'

const SUBJECTS: Subject[] = [
  { of: 'changes of identity providers', control: 'CIS 4.3', types: changes('identityprovider') },
  { of: 'changes of mappings to groups', control: 'CIS 4.4', types: changes('idpgroupmapping') },
  { of: 'changes of groups', control: 'CIS 4.5', types: changes('group') },
  { of: 'changes of policies', control: 'CIS 4.6', types: changes('policy') },
  {
    of: 'changes of users',
    control: 'CIS 4.7',
    types: [...changes('user'), 'identitycontrolplane.updateusercapabilities', 'identitycontrolplane.updateuserstate'],
  },
  { of: 'logins by password', control: 'CIS 4.18', types: ['identitysignon.interactivelogin'] },
]

export default tenancyRule(
  {
    name: 'identity-changes-told',
    description: 'Somebody is told when it changes who may do what in the tenancy, and when a password signs in.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 4.3', 'CIS 4.4', 'CIS 4.5', 'CIS 4.6', 'CIS 4.7', 'CIS 4.18'],
  },
  events.Rule,
  (stack, tell) => untold(stack, SUBJECTS, 'root').forEach(tell),
)

function changes(resource: string): string[] {
  return ['create', 'update', 'delete'].map((verb) => `identitycontrolplane.${verb}${resource}`)
}
