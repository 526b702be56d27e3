import { resourceRule } from '../../rule/index.ts'
import { EXPOSING, POSTGRESQL, RABBITMQ } from '../operators.ts'

/** What a custom resource of both kinds may say. */
type Opened = { service?: { type?: string } } & Partial<Record<(typeof EXPOSING)[number], boolean>>

export default resourceRule(
  {
    name: 'operated-service-inside',
    description: 'Databases and queues are reached inside the cluster alone.',
    severity: 'high',
    level: 'mandatory',
    serves: ['kube-score service-type'],
  },
  [POSTGRESQL, RABBITMQ],
  ({ spec }, tell) => {
    const opened: Opened = spec ?? {}
    for (const flag of EXPOSING) if (opened[flag]) tell({ at: `spec.${flag}`, is: true, write: 'false' })
    const type = opened.service?.type ?? 'ClusterIP'
    if (type !== 'ClusterIP') tell({ at: 'spec.service.type', is: type, write: '"ClusterIP"' })
  },
)
