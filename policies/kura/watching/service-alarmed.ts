import { core, filestorage, healthchecks, loadbalancer, monitoring, ons, sch } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { typeOf } from '../../rule/kind.ts'
import { SERVICES } from '../services.ts'

/** What fails without a metric of our own showing it. */
const WATCHED = [
  core.VirtualCircuit,
  filestorage.MountTarget,
  healthchecks.HttpMonitor,
  loadbalancer.LoadBalancer,
  ons.NotificationTopic,
  sch.Connector,
]

export default stackRule(
  {
    name: 'service-alarmed',
    description:
      "What fails at a service of Oracle's wakes somebody: circuits, file storage, load balancers, deliveries.",
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura alarm-emitter'],
  },
  WATCHED,
  (stack, tell) => {
    const looked = new Set(
      stack
        .of(monitoring.Alarm)
        .filter(({ props }) => props.isEnabled)
        .map(({ props }) => props.namespace),
    )
    for (const kind of WATCHED) {
      const namespaces = Object.keys(SERVICES).filter((namespace) =>
        SERVICES[namespace]?.some((emitter) => typeOf(emitter) === typeOf(kind)),
      )
      if (namespaces.some((namespace) => looked.has(namespace))) continue
      for (const declared of stack.of(kind))
        tell(declared, { lacks: 'alarm', write: `an Alarm at the namespace ${namespaces.join(' or ')}` })
    }
  },
)
