import { logging, objectstorage, sch } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'every-log-archived',
    description: 'Every log is brought to a bucket, because Logging itself keeps lines for months alone.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura logs-archived'],
    settings: {
      elsewhere: setting(['kura-logging-keywords', 'kura-delivery-log', 'kura-logging-bucket-logs'], {
        type: 'array',
        items: { type: 'string' },
        description:
          'Logs whose lines another log has too, those that a run of a pipeline keeps, and that of the archive itself, in which every line would make another.',
      }),
    },
  },
  [logging.Log, sch.Connector],
  (stack, tell, { settings }) => {
    const connectors = stack
      .of(sch.Connector)
      .filter((connector) => stack.linked(connector, 'target', objectstorage.Bucket).length > 0)
      .map((connector) => ({
        logs: stack.linked(connector, 'source', logging.Log),
        groups: stack.linked(connector, 'source', logging.LogGroup),
      }))
    const groupOf = (log: Parameters<typeof stack.linked>[0]) =>
      stack.linked(log, 'logGroupId', logging.LogGroup)[0]?.urn
    for (const log of stack.of(logging.Log)) {
      const group = groupOf(log)
      const archived = connectors.some(
        ({ logs, groups }) =>
          logs.some(({ urn }) => urn === log.urn) ||
          // A source that names a log of a group brings no other of it.
          (groups.some(({ urn }) => urn === group) && !logs.some((other) => groupOf(other) === group)),
      )
      if (!archived && !settings.elsewhere.includes(log.name))
        tell(log, { lacks: 'archive', write: 'its log group into the source of a Connector to a Bucket' })
    }
  },
)
