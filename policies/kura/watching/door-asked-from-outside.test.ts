import { healthchecks } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import { Certificate, Issuer } from '../kinds.ts'
import rule from './door-asked-from-outside.ts'

const around = [
  object(Issuer, 'edge/acme', { acme: {} }),
  object(Certificate, 'edge/door', { dnsNames: ['kura.example', '*.kura.example'], issuerRef: { name: 'acme' } }),
]
const monitor = (target: string, inputs: object = {}) =>
  declared(healthchecks.HttpMonitor, 'check', { protocol: 'HTTPS', targets: [target], ...inputs })
const told = 'door has no check from outside; write an HttpMonitor by HTTPS whose target is one of its names.'

cases(rule, {
  passes: {
    'a host that is asked': [...around, monitor('a.kura.example')],
    'a certificate of our own authority': object(Certificate, 'data/redis', { issuerRef: { name: 'own' } }),
  },
  breaks: {
    'nobody asks': [around, told],
    'another host': [[...around, monitor('ir.example')], told],
    'by plain HTTP': [[...around, monitor('a.kura.example', { protocol: 'HTTP' })], told],
    'a check that is off': [[...around, monitor('a.kura.example', { isEnabled: false })], told],
  },
})
