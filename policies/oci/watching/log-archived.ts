import { logging, sch } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { archives } from '../archives.ts'

/** As logs name the services: flows of networks, and object storage. */
const ARCHIVED = ['flowlogs', 'objectstorage']

export default stackRule(
  {
    name: 'log-archived',
    description:
      'What networks and buckets log is brought to an archive: a log itself is kept for some months at most.',
    severity: 'low',
    level: 'advisory',
    serves: ['OBP flow-logs', 'OBP write-logs'],
  },
  logging.LogGroup,
  (stack, tell, { each }) => {
    const archived = stack
      .of(sch.Connector)
      .filter(archives)
      .flatMap((connector) => stack.linked(connector, 'source', logging.LogGroup))
    const used = stack
      .of(logging.Log)
      .filter(({ props: { configuration } }) => ARCHIVED.includes(configuration?.source.service ?? ''))
      .flatMap((log) => stack.linked(log, 'logGroupId', logging.LogGroup))
    each(logging.LogGroup, (group) => {
      const isAmong = (groups: typeof used) => groups.some(({ urn }) => urn === group.urn)
      if (isAmong(used) && !isAmong(archived))
        tell(group, {
          lacks: 'archive',
          write: 'an active sch.Connector to a bucket or stream with the log group among its logSources',
        })
    })
  },
)
