import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './pod-scratch-limited.ts'

const scratch = (emptyDir: object | string) => ({ volumes: [{ name: 'tmp', emptyDir }] })
const limits = { resources: { limits: { 'ephemeral-storage': '1Gi' } } }

cases(rule, {
  passes: {
    'pods without volumes': container({}),
    'a folder with an end': container({}, scratch({ sizeLimit: '1Gi' })),
    'a folder in memory': container({}, scratch({ medium: 'Memory' })),
    'other volumes': container({}, { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }),
    'containers that all have an end': container(limits, { ...scratch({}), initContainers: [limits] }),
    'such containers beside an ephemeral one': container(limits, { ...scratch({}), ephemeralContainers: [{}] }),
  },
  breaks: {
    'a folder without an end': [
      container({}, scratch({})),
      'web: spec.template.spec.volumes[0].emptyDir.sizeLimit is not set; write the most that it may hold, or limits of ephemeral-storage for every container.',
    ],
    'containers of which one has no end': [
      deployment({ containers: [limits], initContainers: [{}], ...scratch({}) }),
      /volumes\[0\]/,
    ],
    'a job': [cronJob({ containers: [{}], ...scratch({ sizeLimit: '' }) }), /^nightly/],
    'a folder that nobody knows yet': [container({}, scratch(UNKNOWN)), /^Could not be judged: web/],
  },
})
