import { apps, batch } from '@pulumi/kubernetes'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './pods-spread.ts'

const [FAULTS, HOSTS] = ['oci.oraclecloud.com/fault-domain', 'kubernetes.io/hostname']
const by = (...keys: (string | undefined)[]) => ({
  topologySpreadConstraints: keys.map((topologyKey) => ({ topologyKey })),
})
const web = (pod: object) => declared(apps.v1.Deployment, 'web', { spec: { template: { spec: pod } } })

cases(rule, {
  passes: {
    'pods that are spread over both': web(by(FAULTS, HOSTS)),
    'pods that end, or run on every node': [
      declared(batch.v1.Job, 'once', { spec: { template: { spec: {} } } }),
      declared(apps.v1.DaemonSet, 'agent', { spec: { template: { spec: {} } } }),
    ],
  },
  breaks: {
    'hosts alone': [
      web(by(HOSTS)),
      'web: spec.template.spec.topologySpreadConstraints is ["kubernetes.io/hostname"]; write one of topologyKey "oci.oraclecloud.com/fault-domain" too.',
    ],
    'fault domains alone': [web(by(FAULTS)), /write one of topologyKey "kubernetes.io\/hostname" too/],
    neither: [web({}), /fault-domain/, /hostname/],
    'a custom resource': [
      declared('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster', 'queue', { metadata: { name: 'queue' }, spec: {} }),
      /^queue: /,
      /^queue: /,
    ],
  },
})
