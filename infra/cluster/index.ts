import * as kubernetes from '@pulumi/kubernetes'
import * as containerengine from '@pulumi/oci/containerengine/index.js'
import * as identity from '@pulumi/oci/identity/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Keys } from '../protection/keys.ts'
import type { PoolName, Settings } from '../settings.ts'
import { Addons } from './addons.ts'
import { POOL } from './placement.ts'
import { ocpus, podsPerNode } from './sizes.ts'
import { startNode } from './start-node.ts'

const POD_NETWORK = 'OCI_VCN_IP_NATIVE'

/** By this label a node takes OKE's problem detector. */
const DETECTOR = 'oci.oraclecloud.com/oke-node-problem-detector-enabled'

/** OKE, its node pools, and the way into it for everything that is declared inside. */
export class Cluster extends Component {
  readonly id: pulumi.Output<string>
  /** The provider of everything inside the cluster. */
  readonly kubernetes: kubernetes.Provider
  /** What a workload waits for: nodes of its pool. */
  readonly pools: Record<PoolName, containerengine.NodePool>
  /** What waits for custom resources of add-ons: cert-manager's, the native ingress controller's. */
  readonly addons: Addons

  constructor(
    name: string,
    settings: Pick<Settings, 'compartment' | 'registry' | 'network' | 'kubernetes' | 'pools'>,
    nodeImage: string,
    network: Network,
    keys: Keys,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('kura:cloud:Cluster', name, options)

    const cluster = new containerengine.Cluster(
      this.named('oke'),
      {
        name: this.named('oke'),
        compartmentId: settings.compartment,
        freeformTags: this.tags,
        type: 'ENHANCED_CLUSTER',
        kubernetesVersion: settings.kubernetes.version,
        vcnId: network.vcnId,
        kmsKeyId: keys.ids.kubernetes,
        imagePolicyConfig: {
          isPolicyEnabled: settings.kubernetes.signedImages.length > 0,
          keyDetails: settings.kubernetes.signedImages.map((kmsKeyId) => ({ kmsKeyId })),
        },
        clusterPodNetworkOptions: [{ cniType: POD_NETWORK }],
        endpointConfig: {
          isPublicIpEnabled: false,
          subnetId: network.subnetIds.endpoint,
          nsgIds: [network.groupIds.endpoint],
        },
        options: {
          serviceLbSubnetIds: [network.subnetIds.loadBalancers],
          kubernetesNetworkConfig: { servicesCidr: settings.network.services },
          persistentVolumeConfig: { freeformTags: this.tags },
        },
      },
      { parent: this, protect: true, retainOnDelete: true },
    )

    this.id = cluster.id

    const domains = identity.getAvailabilityDomainsOutput(
      { compartmentId: settings.compartment },
      { parent: this },
    ).availabilityDomains

    const pool = (poolName: PoolName) => {
      const { nodes, vcpu, memory, bootVolume } = settings.pools[poolName]
      const group = poolName === 'web' ? 'nodes' : 'dataNodes'
      const autoscaled = poolName === 'web' && settings.pools.web.most !== undefined
      return new containerengine.NodePool(
        this.named(poolName),
        {
          name: this.named(poolName),
          compartmentId: settings.compartment,
          clusterId: cluster.id,
          freeformTags: this.tags,
          kubernetesVersion: settings.kubernetes.version,
          nodeShape: settings.kubernetes.nodeShape,
          nodeShapeConfig: { ocpus: ocpus(vcpu), memoryInGbs: memory },
          nodeSourceDetails: { sourceType: 'IMAGE', imageId: nodeImage, bootVolumeSizeInGbs: String(bootVolume) },
          nodeConfigDetails: {
            size: nodes,
            placementConfigs: domains.apply((all) =>
              all.map(({ name: availabilityDomain }) => ({
                availabilityDomain,
                faultDomains: ['FAULT-DOMAIN-1', 'FAULT-DOMAIN-2', 'FAULT-DOMAIN-3'],
                subnetId: network.subnetIds[group],
              })),
            ),
            nsgIds: [network.groupIds[group]],
            kmsKeyId: keys.ids.volumes,
            isPvEncryptionInTransitEnabled: true,
            freeformTags: this.tags,
            nodePoolPodNetworkOptionDetails: {
              cniType: POD_NETWORK,
              maxPodsPerNode: podsPerNode(vcpu),
              podSubnetIds: [network.subnetIds.pods],
              podNsgIds: [network.groupIds.pods],
            },
          },
          initialNodeLabels: [
            { key: POOL, value: poolName },
            { key: DETECTOR, value: 'true' },
          ],
          nodeMetadata: {
            user_data: Buffer.from(startNode(poolName, settings.registry)).toString('base64'),
            areLegacyImdsEndpointsDisabled: 'true',
          },
          nodePoolCyclingDetails: { isNodeCyclingEnabled: true, maximumSurge: '1', maximumUnavailable: '0' },
          nodeEvictionNodePoolSettings: { evictionGraceDuration: 'PT30M', isForceDeleteAfterGraceDuration: false },
        },
        // The autoscaler changes the size between two deployments.
        { parent: this, ignoreChanges: autoscaled ? ['nodeConfigDetails.size'] : [] },
      )
    }
    this.pools = {
      web: pool('web'),
      postgresql: pool('postgresql'),
      pgpool: pool('pgpool'),
      elasticsearch: pool('elasticsearch'),
      rabbitmq: pool('rabbitmq'),
    }
    this.addons = new Addons(
      this.named('addons'),
      { settings, network, clusterId: cluster.id, pools: this.pools },
      { parent: this },
    )

    const { content } = containerengine.getClusterKubeConfigOutput(
      { clusterId: cluster.id, endpoint: 'PRIVATE_ENDPOINT', tokenVersion: '2.0.0' },
      { parent: this },
    )
    this.kubernetes = new kubernetes.Provider(
      this.named('kubernetes'),
      {
        kubeconfig: pulumi.secret(content),
        // Without it, another kubeconfig for the same cluster would replace everything inside.
        clusterIdentifier: cluster.id,
        // What is declared has a fixed name, so it is changed in place; pods roll by the checksum that they carry.
        enableConfigMapMutable: true,
        enableSecretMutable: true,
        // What is declared holds, whoever wrote there: kubectl, or an `up` that was interrupted, which is another to it.
        enablePatchForce: true,
      },
      { parent: this },
    )
    this.registerOutputs({ clusterId: cluster.id })
  }
}
