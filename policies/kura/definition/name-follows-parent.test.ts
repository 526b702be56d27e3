import { cases, declared } from '../../../test/support/rule.ts'
import rule from './name-follows-parent.ts'

const STACK = 'urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack'
const part = declared('kura:cloud:Network', 'project-network', {}, { parent: STACK })
const inside = (name: string, parent = part.urn) => declared('oci:Core/vcn:Vcn', name, {}, { parent })

cases(rule, {
  passes: {
    "a part with the project's name, and a resource inside": [part, inside('project-network-vcn')],
    'what has no parent, as the stack and providers of the engine': [
      declared('pulumi:pulumi:Stack', 'anything'),
      declared('pulumi:providers:random', 'default_4_18_0'),
    ],
  },
  breaks: {
    'a name that goes on without a dash': [
      inside('project-networkvcn'),
      'project-networkvcn: name is "project-networkvcn"; write one that starts with "project-network-".',
    ],
    "a part without the project's": [
      inside('network', STACK),
      'network: name is "network"; write one that starts with "project-".',
    ],
  },
})
