import { core, monitoring } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './alarm-service-declared.ts'

const alarm = (namespace: string) => declared(monitoring.Alarm, 'alarm', { namespace })
const told = (namespace: string) =>
  `alarm: namespace is "${namespace}"; write that of a service which a declared resource emits to (known: policies/kura/services.ts).`

cases(rule, {
  passes: {
    'a service that is used': [declared(core.VirtualCircuit, 'circuit'), alarm('oci_fastconnect')],
    'a namespace of ours': alarm('kura_platform'),
  },
  breaks: {
    'a service that is not used': [alarm('oci_fastconnect'), told('oci_fastconnect')],
    'a service that is not known': [alarm('oci_fastconect'), told('oci_fastconect')],
  },
})
