import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { files, images, reference } from '../images.ts'
import { restrictedContainer } from '../pod-security.ts'
import { podOn, resources, scraped } from '../pods.ts'
import type { Settings } from '../settings.ts'

export const METRICS_PORT = 8080
const HEALTH_PORT = 8081

const KEEP = ['get', 'list', 'watch', 'create', 'update']
const READ = ['get', 'list', 'watch']

/** What it makes for a RabbitMQ cluster, and what it looks at. */
const RULES = [
  { apiGroups: ['rabbitmq.com'], resources: ['rabbitmqclusters'], verbs: KEEP },
  { apiGroups: ['rabbitmq.com'], resources: ['rabbitmqclusters/status'], verbs: ['get', 'update'] },
  { apiGroups: ['rabbitmq.com'], resources: ['rabbitmqclusters/finalizers'], verbs: ['update'] },
  { apiGroups: ['apps'], resources: ['statefulsets'], verbs: [...KEEP, 'delete'] },
  {
    apiGroups: [''],
    resources: ['services', 'configmaps', 'secrets', 'serviceaccounts', 'persistentvolumeclaims'],
    verbs: KEEP,
  },
  { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'rolebindings'], verbs: KEEP },
  { apiGroups: [''], resources: ['pods'], verbs: [...READ, 'update'] },
  { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] },
  { apiGroups: [''], resources: ['events'], verbs: ['get', 'create', 'patch'] },
  { apiGroups: [''], resources: ['endpoints'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
]

interface RabbitmqOperatorArgs extends Pick<Settings, 'registry'> {
  namespace: pulumi.Input<string>
  /** The only namespace that it looks after. */
  watched: string
}

/**
 * RabbitMQ's cluster operator, which has no chart. Its webhook is off, so nothing fills in what a custom resource leaves
 * out: a `RabbitmqCluster` names its image.
 */
export class RabbitmqOperator extends Component {
  constructor(name: string, args: RabbitmqOperatorArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:RabbitmqOperator', name, options)
    const { registry, namespace, watched } = args
    const child = { parent: this }
    const selector = { 'app.kubernetes.io/name': 'rabbitmq-cluster-operator' }
    const labels = { ...this.labels, ...selector }

    const definitions = new kubernetes.yaml.v2.ConfigFile(
      this.named('definitions'),
      { file: files.rabbitmqDefinitions },
      child,
    )
    const account = new kubernetes.core.v1.ServiceAccount(
      this.named('account'),
      { metadata: { name, namespace, labels }, automountServiceAccountToken: false },
      child,
    )
    const subjects = [{ kind: 'ServiceAccount', name: account.metadata.name, namespace }]
    const apiGroup = 'rbac.authorization.k8s.io'
    // For the whole cluster, because the namespace that it watches comes later.
    const role = new kubernetes.rbac.v1.ClusterRole(
      this.named('role'),
      { metadata: { name, labels }, rules: RULES },
      child,
    )
    const binding = new kubernetes.rbac.v1.ClusterRoleBinding(
      this.named('binding'),
      { metadata: { name, labels }, roleRef: { apiGroup, kind: 'ClusterRole', name: role.metadata.name }, subjects },
      child,
    )
    const leader = new kubernetes.rbac.v1.Role(
      this.named('leader'),
      {
        metadata: { name: `${name}-leader`, namespace, labels },
        rules: [
          { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: KEEP },
          { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
        ],
      },
      child,
    )
    const leaderBinding = new kubernetes.rbac.v1.RoleBinding(
      this.named('leader-binding'),
      {
        metadata: { name: `${name}-leader`, namespace, labels },
        roleRef: { apiGroup, kind: 'Role', name: leader.metadata.name },
        subjects,
      },
      child,
    )

    const probe = (path: string) => ({ httpGet: { path, port: HEALTH_PORT }, periodSeconds: 10, timeoutSeconds: 3 })
    new kubernetes.apps.v1.Deployment(
      this.named('deployment'),
      {
        metadata: { name, namespace, labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: selector },
          template: {
            metadata: { labels, annotations: scraped(METRICS_PORT) },
            spec: {
              ...podOn('web', selector),
              automountServiceAccountToken: true,
              serviceAccountName: account.metadata.name,
              containers: [
                {
                  name: 'operator',
                  image: reference(registry, images.rabbitmqOperator),
                  command: ['/manager'],
                  env: [
                    { name: 'OPERATOR_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
                    { name: 'OPERATOR_SCOPE_NAMESPACE', value: watched },
                    { name: 'ENABLE_WEBHOOKS', value: 'false' },
                    // It would ask RabbitMQ as its default user, whom clusters with definitions of their own do not have.
                    { name: 'DISABLE_DEPRECATED_FEATURES_CHECK', value: 'true' },
                  ],
                  ports: [{ name: 'metrics', containerPort: METRICS_PORT }],
                  resources: resources({ vcpu: 0.1, memory: 0.5 }),
                  securityContext: restrictedContainer,
                  livenessProbe: { ...probe('/healthz'), initialDelaySeconds: 15 },
                  readinessProbe: probe('/readyz'),
                },
              ],
            },
          },
        },
      },
      { ...child, dependsOn: [definitions, binding, leaderBinding] },
    )
    this.registerOutputs({})
  }
}
