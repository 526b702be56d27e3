import { core, helm } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './default-namespace-unused.ts'

const map = (metadata?: object) => declared(core.v1.ConfigMap, 'settings', { metadata })
const queue = (namespace?: string) =>
  declared('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster', 'queue', { metadata: { namespace } })

cases(rule, {
  passes: {
    'a namespace of its own': map({ namespace: 'web' }),
    'what belongs to no namespace': declared(core.v1.Namespace, 'web', { metadata: { name: 'web' } }),
    'a custom resource that names none': queue(),
    'a namespace that is made first': map({ namespace: UNKNOWN }),
    'a chart in a namespace': declared(helm.v3.Release, 'chart', { namespace: 'web' }),
    "another cloud's resource": declared('oci:Core/vcn:Vcn', 'net', { metadata: { namespace: 'default' } }),
  },
  breaks: {
    'no namespace': [map({}), 'settings: metadata.namespace is not set; write a namespace of its own.'],
    'no metadata': [map(), 'settings: metadata.namespace is not set; write a namespace of its own.'],
    'an empty name': [map({ namespace: '' }), 'settings: metadata.namespace is not set; write a namespace of its own.'],
    'the default by its name': [
      map({ namespace: 'default' }),
      'settings: metadata.namespace is "default"; write a namespace of its own.',
    ],
    'a custom resource there': [
      queue('default'),
      'queue: metadata.namespace is "default"; write a namespace of its own.',
    ],
    'a chart that names none': [
      declared(helm.v3.Release, 'chart', {}),
      'chart: namespace is not set; write a namespace of its own.',
    ],
    'metadata that nobody knows yet': [
      map(UNKNOWN as never),
      'Could not be judged: settings: metadata is not known before the deployment.',
    ],
  },
})
