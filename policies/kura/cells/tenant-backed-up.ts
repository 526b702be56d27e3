import { core } from '@pulumi/kubernetes'
import { databaseName } from '../../../app/tenancy/schema.ts'
import { stackRule } from '../../rule/index.ts'
import { cellsOf } from '../cells.ts'

export default stackRule(
  {
    name: 'tenant-backed-up',
    description: 'The list of databases that are dumped names that of every institution, and no other.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura tenant-backup'],
  },
  core.v1.ConfigMap,
  (stack, tell) => {
    // One that is to be purged is closed: nothing in it changes any more, and one day it is gone.
    const kept = cellsOf(stack).flatMap(({ configuration, tenants }) =>
      tenants.filter(({ purge }) => purge === undefined).map(({ id }) => ({ id, configuration })),
    )
    const lines = new Map(kept.map(({ id, configuration }) => [`${id} ${databaseName(id)}`, configuration]))
    const lists = stack.of(core.v1.ConfigMap).filter(({ props }) => 'databases' in (props.data ?? {}))
    const listed = lists.flatMap((list) =>
      (list.props.data?.databases ?? '').split('\n').flatMap((line) => (line === '' ? [] : [{ list, line }])),
    )
    for (const [line, configuration] of lines)
      if (!listed.some((one) => one.line === line))
        tell(lists[0] ?? configuration, {
          lacks: `line for ${line.split(' ')[0]}`,
          write: `"${line}" into data.databases`,
        })
    // Databases of the platform itself: no institution's name has an underscore.
    for (const { list, line } of listed)
      if (!(line.startsWith('_') || lines.has(line)))
        tell(list, {
          at: 'data.databases',
          holds: `"${line}", which no cell serves`,
          write: 'institutions of cells alone',
        })
  },
)
