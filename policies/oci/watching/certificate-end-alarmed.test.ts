import { certificatesmanagement, core, loadbalancer, monitoring } from '@pulumi/oci'
import { describe } from 'vitest'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './certificate-end-alarmed.ts'

const certificate = declared(certificatesmanagement.Certificate, 'served', {})
const alarm = (query: string, isEnabled = true) => declared(monitoring.Alarm, 'ends', { query, isEnabled })
const lacking =
  'served has no alarm before its end; write an enabled monitoring.Alarm on a metric of days left, whose query has "certificate" in it.'

cases(rule, {
  passes: {
    'an alarm': [certificate, alarm('served_certificate_days[5m].max() < 20')],
    'another case': [certificate, alarm('CertificateDays[5m].max() < 20')],
    'a stack without certificates': declared(core.Vcn, 'net', {}),
  },
  breaks: {
    'no alarm': [certificate, lacking],
    'an alarm of something else': [[certificate, alarm('CpuUtilization[5m].max() > 90')], lacking],
    'an alarm that is off': [[certificate, alarm('certificate_days[5m].max() < 20', false)], lacking],
    'a certificate of a load balancer': [declared(loadbalancer.Certificate, 'old', {}), /^old has no alarm/],
  },
})

describe('with what looks like a pattern and is none', () => {
  cases(rule, {
    config: { metric: 'days[' },
    passes: { 'an alarm that has it': [certificate, alarm('Days[5m].max() < 20')] },
    breaks: { 'an alarm that has not': [[certificate, alarm('days{}[5m].max() < 20')], /^served has no alarm/] },
  })
})
