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
const API_GROUP = 'rbac.authorization.k8s.io'

/** What it makes for a RabbitMQ cluster, and what it looks at, in the cluster's namespace alone. */
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
  { apiGroups: [API_GROUP], resources: ['roles', 'rolebindings'], verbs: KEEP },
  { apiGroups: [''], resources: ['pods'], verbs: [...READ, 'update'] },
  { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] },
  { apiGroups: [''], resources: ['events'], verbs: ['get', 'create', 'patch'] },
  { apiGroups: [''], resources: ['endpoints'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
]

/** Its service account. */
export interface Account {
  name: pulumi.Output<string>
  namespace: pulumi.Input<string>
}

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
  readonly account: Account

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
    this.account = { name: account.metadata.name, namespace }
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
        roleRef: { apiGroup: API_GROUP, kind: 'Role', name: leader.metadata.name },
        subjects: [{ kind: 'ServiceAccount', ...this.account }],
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
      { ...child, dependsOn: [definitions, leaderBinding] },
    )
    this.registerOutputs({})
  }
}

interface RightsArgs {
  account: Account
  namespace: string
  labels: Record<string, string>
}

/**
 * Lets RabbitMQ's operator look after the clusters of a namespace, which comes after the operator: until then, it asks
 * again and again.
 */
export function letRabbitmqOperator(
  named: (suffix: string) => string,
  { account, namespace, labels }: RightsArgs,
  options: pulumi.CustomResourceOptions,
) {
  const metadata = { name: 'rabbitmq-operator', namespace, labels }
  const role = new kubernetes.rbac.v1.Role(named('role'), { metadata, rules: RULES }, options)
  new kubernetes.rbac.v1.RoleBinding(
    named('role-binding'),
    {
      metadata,
      roleRef: { apiGroup: API_GROUP, kind: 'Role', name: role.metadata.name },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    },
    options,
  )
}
