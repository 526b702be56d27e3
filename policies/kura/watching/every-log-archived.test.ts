import { logging, objectstorage, sch } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './every-log-archived.ts'

const bucket = declared(objectstorage.Bucket, 'logs')
const [group, other] = [declared(logging.LogGroup, 'group'), declared(logging.LogGroup, 'other')]
const log = (name: string, of = group) => declared(logging.Log, name, {}, { linked: { logGroupId: [of] } })
const connector = (source: object[], target: object[] = [bucket]) =>
  declared(sch.Connector, 'connector', {}, { linked: { source, target } as Record<string, (typeof bucket)[]> })
const told = (name: string) => `${name} has no archive; write its log group into the source of a Connector to a Bucket.`
const around = [bucket, group, other]

cases(rule, {
  passes: {
    'logs of a group that is archived whole': [...around, log('flows'), log('requests'), connector([group])],
    'a log that is archived itself': [...around, log('everything'), connector([group, log('everything')])],
    'a whole group beside a log of another': [
      ...around,
      log('flows'),
      log('everything', other),
      connector([group, other, log('everything', other)]),
    ],
    'a copy of what another log has': [...around, log('kura-logging-keywords')],
  },
  breaks: {
    'a log that goes nowhere': [[...around, log('flows'), connector([other])], told('flows')],
    'a log beside the one of its group that is archived': [
      [...around, log('everything'), log('errors'), connector([group, log('everything')])],
      told('errors'),
    ],
    'a connector to something else': [[...around, log('flows'), connector([group], [])], told('flows')],
  },
})
