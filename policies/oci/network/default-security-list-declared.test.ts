import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './default-security-list-declared.ts'

const vcn = declared(core.Vcn, 'net')
const list = declared(
  core.DefaultSecurityList,
  'list',
  { manageDefaultResourceId: UNKNOWN },
  { linked: { manageDefaultResourceId: [vcn] } },
)

cases(rule, {
  passes: {
    'a network with its list, though no id is known yet': [vcn, list],
    'a stack without a network': [],
  },
  breaks: {
    'a network alone': [
      vcn,
      'net has no default security list of the program; write a DefaultSecurityList with its defaultSecurityListId and without rules.',
    ],
    'a list of another network': [[vcn, declared(core.Vcn, 'other'), list], /^other has no default security list/],
    'a list that is not the default one': [
      [vcn, declared(core.SecurityList, 'list', {}, { linked: { vcnId: [vcn] } })],
      /^net has no default security list/,
    ],
  },
})
