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
const connector = declared(sch.Connector, 'archive', {}, { linked: { source: [flows] } })
const lacking = 'flows has no archive; write a sch.Connector with the log group among its logSources.'

cases(rule, {
  passes: {
    'flow logs with an archive': [flows, log('flowlogs'), connector],
    'a group without logs': flows,
    'logs of something else': [flows, log('devops')],
    'logs of programs': [flows, log()],
  },
  breaks: {
    'flow logs without': [[flows, log('flowlogs')], lacking],
    'logs of buckets without': [[flows, log('objectstorage')], lacking],
  },
})
