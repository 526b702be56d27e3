import { helm } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './chart-requests-resources.ts'

const release = (values?: unknown) => declared(helm.v3.Release, 'release', { chart: 'site', values })
const none = 'release: values holds no resources; write requests and a limit of memory where the chart takes them.'
const told = (at: string) => `release: values.${at} is not set; write what the pods need when they are busy.`

cases(rule, {
  passes: {
    'what pods need, beside what nobody knows yet': release({
      host: UNKNOWN,
      resources: { requests: { cpu: UNKNOWN, memory: '1Gi' }, limits: { memory: '1Gi' } },
    }),
    'what pods need': release({
      controller: { resources: { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } } },
    }),
  },
  breaks: {
    'no values': [release(), none],
    'other values': [release({ replicas: 2 }), none],
    'no limit': [release({ resources: { requests: { memory: '1Gi' } } }), told('resources.limits.memory')],
    'an empty map': [
      release({ job: { resources: {} } }),
      told('job.resources.requests.memory'),
      told('job.resources.limits.memory'),
    ],
    'a limit that nobody knows yet': [
      release({ resources: { requests: { memory: '1Gi' }, limits: { memory: UNKNOWN } } }),
      'Could not be judged: release: values.resources.limits.memory is not known before the deployment.',
    ],
  },
})
