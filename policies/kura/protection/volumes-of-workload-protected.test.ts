import { apps } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './volumes-of-workload-protected.ts'

const set = (name: string, volumeClaimTemplates: unknown, given = {}) =>
  object(apps.v1.StatefulSet, `data/${name}`, { volumeClaimTemplates }, {}, given)
const claims = [{ metadata: { name: 'data' } }]

cases(rule, {
  passes: {
    'a workload that is protected': set('nodes', claims, { protect: true }),
    'one without volumes': set('nodes', []),
    'one whose volumes can be lost': set('kura-metrics-agent-stateful-set', claims),
  },
  breaks: {
    'one that is not protected': [set('nodes', claims), 'nodes: options.protect is false; write true.'],
    'what nobody knows yet': [set('nodes', UNKNOWN), /^Could not be judged: nodes: spec.volumeClaimTemplates/],
  },
})
