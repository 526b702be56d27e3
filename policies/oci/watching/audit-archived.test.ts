import { cloudguard, sch } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './audit-archived.ts'

const guard = declared(cloudguard.CloudGuardConfiguration, 'guard', {})
const connector = (...logGroupIds: string[]) =>
  declared(sch.Connector, 'archive', {
    source: { kind: 'logging', logSources: logGroupIds.map((logGroupId) => ({ logGroupId })) },
  })
const lacking =
  'stack has no archive of the audit log; write a sch.Connector from the log group "_Audit_Include_Subcompartment" to a bucket or stream.'

cases(rule, {
  passes: {
    'an archive of all compartments': [
      guard,
      connector('ocid1.loggroup.oc1..example', '_Audit_Include_Subcompartment'),
    ],
  },
  breaks: {
    'no archive': [guard, lacking],
    'an archive of one compartment': [[guard, connector('_Audit')], lacking],
    'an archive of metrics': [[guard, declared(sch.Connector, 'archive', { source: { kind: 'monitoring' } })], lacking],
  },
})
