import { cases, declared } from '../../../test/support/rule.ts'
import rule from './name-given-once.ts'

const object = (name: string, namespace?: string) =>
  declared('kubernetes:core/v1:Secret', name, { metadata: { name: 'same', namespace } })
const vcn = (name: string, displayName?: string) => declared('oci:Core/vcn:Vcn', name, { displayName })

cases(rule, {
  passes: {
    'one name in two namespaces': [object('a', 'one'), object('b', 'two')],
    'one name of two kinds': [vcn('a', 'same'), declared('oci:Core/subnet:Subnet', 'b', { displayName: 'same' })],
    'no name shown by Oracle': [vcn('a'), vcn('b')],
  },
  breaks: {
    'two objects of a namespace': [
      [object('a', 'one'), object('b', 'one')],
      'b: metadata.name holds one/same, the name of a too; write another.',
    ],
    'two that Oracle shows alike': [
      [vcn('a', 'same'), vcn('b', 'same')],
      'b: displayName holds same, the name of a too; write another.',
    ],
    'two of the definition, of different kinds': [
      [vcn('a'), object('a')],
      'a: name holds a, the name of a too; write another.',
    ],
  },
})
