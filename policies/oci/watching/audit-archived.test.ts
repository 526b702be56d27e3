import { cloudguard, sch } from '@pulumi/oci'
import { describe } from 'vitest'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './audit-archived.ts'

const guard = declared(cloudguard.CloudGuardConfiguration, 'guard', {})
const source = (logGroupId = '_Audit_Include_Subcompartment', compartmentId = 'ocid1.tenancy.oc1..example') => ({
  compartmentId,
  logGroupId,
})
const connector = (logSources: object[], inputs: object = {}) =>
  declared(sch.Connector, 'archive', {
    source: { kind: 'logging', logSources },
    target: { kind: 'objectStorage' },
    ...inputs,
  })
const lacking =
  'stack has no archive of the audit log; write an active sch.Connector from the log group "_Audit_Include_Subcompartment" of the root compartment to a bucket or stream.'
const below = source('_Audit_Include_Subcompartment', 'ocid1.compartment.oc1..example')

cases(rule, {
  passes: {
    'an archive of all compartments': [guard, connector([source(UNKNOWN, UNKNOWN), source()])],
    'a stream': [guard, connector([source()], { target: { kind: 'streaming' } })],
  },
  breaks: {
    'no archive': [guard, lacking],
    'an archive of the root alone': [[guard, connector([source('_Audit')])], lacking],
    'an archive of a compartment and what is below it': [[guard, connector([below])], lacking],
    'an archive of metrics': [
      [
        guard,
        declared(sch.Connector, 'archive', { source: { kind: 'monitoring' }, target: { kind: 'objectStorage' } }),
      ],
      lacking,
    ],
    'a connector that is off': [[guard, connector([source()], { state: 'INACTIVE' })], lacking],
    'mail, which is no archive': [[guard, connector([source()], { target: { kind: 'notifications' } })], lacking],
    'a compartment that nobody knows yet': [
      [guard, connector([source(undefined, UNKNOWN)])],
      'Could not be judged: stack: source.logSources.0.compartmentId is not known before the deployment.',
    ],
  },
})

describe('where somebody else archives the rest of the tenancy', () => {
  cases(rule, {
    config: { from: 'compartments' },
    passes: { 'an archive of a compartment and what is below it': [guard, connector([below])] },
    breaks: {
      'an archive of a compartment alone': [
        [guard, connector([source('_Audit')])],
        'stack has no archive of the audit log; write an active sch.Connector from the log group "_Audit_Include_Subcompartment" to a bucket or stream.',
      ],
    },
  })
})
