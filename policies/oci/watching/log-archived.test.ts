import { logging, sch } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './log-archived.ts'

const flows = declared(logging.LogGroup, 'flows', {})
const log = (service?: string) =>
  declared(
    logging.Log,
    'log',
    { ...(service && { configuration: { source: { service } } }) },
    { linked: { logGroupId: [flows] } },
  )
const connector = (inputs: object = {}) =>
  declared(sch.Connector, 'archive', { target: { kind: 'objectStorage' }, ...inputs }, { linked: { source: [flows] } })
const lacking =
  'flows has no archive; write an active sch.Connector to a bucket or stream with the log group among its logSources.'

cases(rule, {
  passes: {
    'flow logs with an archive': [flows, log('flowlogs'), connector()],
    'a group without logs': flows,
    'logs of something else': [flows, log('devops')],
    'logs of programs': [flows, log()],
  },
  breaks: {
    'flow logs without': [[flows, log('flowlogs')], lacking],
    'a connector that is off': [[flows, log('flowlogs'), connector({ state: 'INACTIVE' })], lacking],
    'mail, which is no archive': [[flows, log('flowlogs'), connector({ target: { kind: 'notifications' } })], lacking],
    'logs of buckets without': [[flows, log('objectstorage')], lacking],
  },
})
