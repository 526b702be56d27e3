import type { Mutations } from '../../mutant.ts'

const CLUSTER = 'kura-cluster-oke'
const POOL = 'kura-cluster-pgpool'

export default {
  'cluster-endpoint-in-group': (stack) =>
    stack.change(CLUSTER, ({ endpointConfig }) => {
      endpointConfig.nsgIds = []
    }),
  'cluster-endpoint-private': (stack) =>
    stack.change(CLUSTER, ({ endpointConfig }) => {
      endpointConfig.isPublicIpEnabled = true
    }),
  'cluster-enhanced': (stack) =>
    stack.change(CLUSTER, (cluster) => {
      cluster.type = 'BASIC_CLUSTER'
    }),
  // The cluster itself is excepted.
  'cluster-images-verified': (stack) => stack.copy(CLUSTER, 'kura-cluster-another'),
  'cluster-secrets-encrypted': (stack) =>
    stack.change(CLUSTER, (cluster) => {
      delete cluster.kmsKeyId
    }),
  'cluster-version-supported': (stack) =>
    stack.change(POOL, (pool) => {
      pool.kubernetesVersion = 'v1.31.10'
    }),
  'cluster-without-dashboard': (stack) =>
    stack.change(CLUSTER, ({ options }) => {
      options.addOns = { isKubernetesDashboardEnabled: true }
    }),
  'node-pool-encrypted-in-transit': (stack) =>
    stack.change(POOL, ({ nodeConfigDetails }) => {
      nodeConfigDetails.isPvEncryptionInTransitEnabled = false
    }),
  'node-pool-in-group': (stack) =>
    stack.change(POOL, ({ nodeConfigDetails }) => {
      nodeConfigDetails.nodePoolPodNetworkOptionDetails.podNsgIds = []
    }),
  'node-pool-in-private-subnet': (stack) =>
    stack.change(POOL, (_, { propertyDependencies }) => {
      const { urn } = stack.resources.find(({ name }) => name === 'kura-network-load-balancers') as { urn: string }
      propertyDependencies.nodeConfigDetails?.push(urn)
    }),
  'node-pool-legacy-metadata-off': (stack) =>
    stack.change(POOL, ({ nodeMetadata }) => {
      nodeMetadata.areLegacyImdsEndpointsDisabled = 'false'
    }),
  'node-pool-over-fault-domains': (stack) =>
    stack.change(POOL, ({ nodeConfigDetails }) => {
      nodeConfigDetails.placementConfigs[0].faultDomains = ['FAULT-DOMAIN-1']
    }),
  'node-pool-own-key': (stack) =>
    stack.change(POOL, ({ nodeConfigDetails }) => {
      delete nodeConfigDetails.kmsKeyId
    }),
  'node-pool-version-fits-cluster': (stack) =>
    stack.change(POOL, (pool) => {
      pool.kubernetesVersion = 'v1.35.0'
    }),
} satisfies Mutations
