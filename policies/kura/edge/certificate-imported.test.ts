import { batch } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases } from '../../../test/support/rule.ts'
import { Certificate, Issuer } from '../kinds.ts'
import rule from './certificate-imported.ts'

const certificate = [
  object(Issuer, 'edge/acme', { acme: {} }),
  object(Certificate, 'edge/door', { secretName: 'door-secret', issuerRef: { name: 'acme' } }),
]
const job = (volume: object, place = 'edge/importer') =>
  object(batch.v1.CronJob, place, { jobTemplate: { spec: { template: { spec: { volumes: [volume] } } } } })
const projected = { projected: { sources: [{ configMap: { name: 'doors' } }, { secret: { name: 'door-secret' } }] } }
const told =
  'door has no job that imports it; write the Secret door-secret into the volume of the CronJob that imports certificates.'

cases(rule, {
  passes: {
    'a certificate beside others in a volume': [...certificate, job(projected)],
    'one in a volume of its own': [...certificate, job({ secret: { secretName: 'door-secret' } })],
    'a certificate of our own authority': object(Certificate, 'data/redis', { issuerRef: { name: 'own' } }),
  },
  breaks: {
    'one that no job sees': [certificate, told],
    'a job that sees another': [[...certificate, job({ secret: { secretName: 'door' } })], told],
    'a job of another namespace': [[...certificate, job(projected, 'data/importer')], told],
  },
})
