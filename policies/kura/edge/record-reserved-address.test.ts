import { core, dns } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './record-reserved-address.ts'

const record = (rtype: unknown, linked = {}) => declared(dns.Rrset, 'record', { rtype, items: [] }, { linked })

const address = declared(core.PublicIp, 'address')

cases(rule, {
  passes: {
    'a reserved address': [address, record('A', { items: [address] })],
    'a record that is no address': record('CAA'),
  },
  breaks: {
    'an address that is written out': [
      record('A'),
      'record: items holds an address that no PublicIp of this stack reserves; write the ipAddress of a PublicIp.',
    ],
    'a kind that nobody knows yet': [record(UNKNOWN), /^Could not be judged: record: rtype/],
  },
})
