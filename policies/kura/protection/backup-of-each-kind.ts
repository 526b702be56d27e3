import { batch } from '@pulumi/kubernetes'
import { setting, stackRule } from '../../rule/index.ts'
import { BACKUPS, scheduledJobs } from '../jobs.ts'
import { Postgresql } from '../kinds.ts'

export default stackRule(
  {
    name: 'backup-of-each-kind',
    description: 'Every database cluster is copied in each way, and the copies once more to another place.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura backups'],
    settings: {
      namespace: setting('kura-backups', BACKUPS),
      ofDatabase: setting(['dumps', 'physical'], {
        type: 'array',
        items: { type: 'string' },
        description: 'Jobs that copy a database cluster, whose host stands in PGHOST.',
      }),
      ofAll: setting(['snapshots', 'offsite'], {
        type: 'array',
        items: { type: 'string' },
        description: 'Further jobs of which a stack with a database has one each.',
      }),
    },
  },
  [Postgresql, batch.v1.CronJob],
  (stack, tell, { settings }) => {
    const jobs = scheduledJobs(stack, settings.namespace)
    for (const cluster of stack.of(Postgresql)) {
      const { metadata } = cluster.props
      // Its primary, or one of its standbys.
      const hosts = ['', '-repl'].map((which) => `${metadata.name}${which}.${metadata.namespace}.svc`)
      const missing = [
        ...settings.ofDatabase.filter(
          (kind) => !jobs.some(({ name, env }) => name === kind && hosts.some((host) => env.PGHOST?.startsWith(host))),
        ),
        ...settings.ofAll.filter((kind) => !jobs.some(({ name }) => name === kind)),
      ]
      for (const kind of missing)
        tell(cluster, { lacks: `backup of the kind ${kind}`, write: `the CronJob ${kind} in ${settings.namespace}` })
    }
  },
)
