import { apps, batch } from '@pulumi/kubernetes'
import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './priority-fits-role.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })
const web = (priorityClassName?: string, pool = 'web') =>
  declared(apps.v1.Deployment, 'app', {
    metadata: { name: 'app', namespace: 'apps' },
    spec: { template: { spec: { nodeSelector: { 'kura/pool': pool }, priorityClassName } } },
  })
const job = (priorityClassName: string, namespace = 'apps') =>
  declared(batch.v1.Job, 'job', {
    metadata: { name: 'job', namespace },
    spec: { template: { spec: { priorityClassName } } },
  })

cases(rule, {
  passes: {
    'a cell, and what institutions share': [...all(cell), web('kura-edge')],
    'a database on its own pool': web('kura-data', 'postgresql'),
    'jobs, of which some are needed at once': [job('kura-batch'), { ...job('kura-edge'), urn: 'another' }],
    'a job of a cell': [...all(cell), job('kura-batch', 'kura-cell-nishi')],
    'what the cluster cannot be without': web('system-cluster-critical'),
    'no priority, of which another rule speaks': web(),
  },
  breaks: {
    'a cell that is as much as what all share': [
      all(cell, {
        web: changed(cell.web, ({ spec }) => {
          spec.template.spec.priorityClassName = 'kura-edge'
        }),
      }),
      'kura-cell-nishi-web: priority of spec.template.spec is "kura-edge"; write "kura-cell".',
    ],
    'what all share with the priority of a cell': [web('kura-cell'), /is "kura-cell"; write "kura-edge"\./],
    'what is no database with the priority of one': [web('kura-data'), /is "kura-data"; write "kura-edge"\./],
    'a database that goes first': [web('kura-edge', 'postgresql'), /write "kura-data"\./],
    'a job that counts as a database': [job('kura-data'), /write "kura-batch" or "kura-edge"\./],
    'a class that nobody has': [web('high'), /is "high"; write "kura-edge"/],
    'a class that nobody knows yet': [web(UNKNOWN), /^Could not be judged: /],
  },
})
