import { certificatesmanagement, core } from '@pulumi/oci'
import { cases, declared, secret } from '../../../test/support/rule.ts'
import rule from './written-by-others-ignored.ts'

const address = (...ignoreChanges: string[]) => declared(core.PublicIp, 'address', {}, { ignoreChanges })
const certificate = (...ignoreChanges: string[]) =>
  declared(
    certificatesmanagement.Certificate,
    'certificate',
    { certificateConfig: { privateKeyPem: secret('a private key') } },
    { ignoreChanges },
  )

cases(rule, {
  passes: {
    'an address': address('privateIpId'),
    'a certificate, beside another': certificate('name', 'certificateConfig'),
  },
  breaks: {
    'an address that is taken away again': [address(), 'address: options.ignoreChanges is []; write ["privateIpId"].'],
    'a certificate that ignores another': [
      certificate('privateIpId'),
      'certificate: options.ignoreChanges is ["privateIpId"]; write ["certificateConfig"].',
    ],
  },
})
