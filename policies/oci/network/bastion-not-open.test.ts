import { bastion } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './bastion-not-open.ts'

const allowing = (clientCidrBlockAllowLists?: string[]) =>
  declared(bastion.Bastion, 'bastion', { clientCidrBlockAllowLists })

cases(rule, {
  passes: {
    'a known range': allowing(['198.51.100.0/24']),
    'two known ranges': allowing(['198.51.100.0/24', '2001:db8::/32']),
  },
  breaks: {
    'a bastion that says nothing': [
      allowing(),
      'bastion: clientCidrBlockAllowLists is not set; write the range of those who sign in.',
    ],
    'an empty list': [allowing([]), /clientCidrBlockAllowLists is not set/],
    everybody: [
      allowing(['198.51.100.0/24', '0.0.0.0/0']),
      'bastion: clientCidrBlockAllowLists[1] is "0.0.0.0/0"; write the range of those who sign in.',
    ],
    'everybody by halves': [allowing(['0.0.0.0/1', '128.0.0.0/1']), /\[0\] is "0\.0\.0\.0\/1"/, /\[1\] is "128/],
    'a range that nobody knows yet': [
      allowing([UNKNOWN]),
      'Could not be judged: bastion: clientCidrBlockAllowLists.0 is not known before the deployment.',
    ],
  },
})
