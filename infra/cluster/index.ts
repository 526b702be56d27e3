import * as kubernetes from '@pulumi/kubernetes'
import * as containerengine from '@pulumi/oci/containerengine/index.js'
import * as identity from '@pulumi/oci/identity/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Keys } from '../protection/keys.ts'
import type { PoolName, Settings } from '../settings.ts'
import { POOL } from './placement.ts'
import { ocpus, podsPerNode } from './sizes.ts'

const POD_NETWORK = 'OCI_VCN_IP_NATIVE'

/** OKE, its node pools, and the way into it for everything that is declared inside. */
export class Cluster extends Component {
  readonly id: pulumi.Output<string>
  /** The provider of everything inside the cluster. */
  readonly kubernetes: kubernetes.Provider
  /** What a workload waits for: nodes of its pool. */
  readonly pools: Record<PoolName, containerengine.NodePool>

  constructor(
    name: string,
    settings: Pick<Settings, 'compartment' | 'network' | 'kubernetes' | 'pools'>,
    nodeImage: string,
    network: Network,
    _keys: Keys,
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
        clusterPodNetworkOptions: [{ cniType: POD_NETWORK }],
        endpointConfig: {
          isPublicIpEnabled: false,
          subnetId: network.subnetIds.endpoint,
          nsgIds: [network.groupIds.endpoint],
        },
        options: {
          serviceLbSubnetIds: [network.subnetIds.loadBalancers],
          kubernetesNetworkConfig: { servicesCidr: settings.network.services },
        },
      },
      { parent: this, protect: true, retainOnDelete: true },
    )

    this.id = cluster.id

    const placements = identity
      .getAvailabilityDomainsOutput({ compartmentId: settings.compartment }, { parent: this })
      .availabilityDomains.apply((domains) =>
        domains.map(({ name: availabilityDomain }) => ({
          availabilityDomain,
          faultDomains: ['FAULT-DOMAIN-1', 'FAULT-DOMAIN-2', 'FAULT-DOMAIN-3'],
          subnetId: network.subnetIds.nodes,
        })),
      )

    const pool = (poolName: PoolName) => {
      const { nodes, vcpu, memory, bootVolume } = settings.pools[poolName]
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
            placementConfigs: placements,
            nsgIds: [network.groupIds.nodes],
            isPvEncryptionInTransitEnabled: true,
            freeformTags: this.tags,
            nodePoolPodNetworkOptionDetails: {
              cniType: POD_NETWORK,
              maxPodsPerNode: podsPerNode(vcpu),
              podSubnetIds: [network.subnetIds.pods],
              podNsgIds: [network.groupIds.pods],
            },
          },
          initialNodeLabels: [{ key: POOL, value: poolName }],
          nodeMetadata: {
            user_data: Buffer.from(startScript(poolName)).toString('base64'),
            areLegacyImdsEndpointsDisabled: 'true',
          },
          nodePoolCyclingDetails: { isNodeCyclingEnabled: true, maximumSurge: '1', maximumUnavailable: '0' },
          nodeEvictionNodePoolSettings: { evictionGraceDuration: 'PT30M', isForceDeleteAfterGraceDuration: false },
        },
        { parent: this },
      )
    }
    this.pools = {
      web: pool('web'),
      postgresql: pool('postgresql'),
      pgpool: pool('pgpool'),
      elasticsearch: pool('elasticsearch'),
      rabbitmq: pool('rabbitmq'),
    }

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
      },
      { parent: this },
    )
    this.registerOutputs({ clusterId: cluster.id })
  }
}

/**
 * What a new node runs. A managed node pool has no field for taints, so a node of a dedicated pool registers with its
 * own. Any other node runs OKE's start script as it is.
 */
function startScript(pool: PoolName): string {
  const taint = pool === 'web' ? '' : ` --kubelet-extra-args '--register-with-taints=${POOL}=${pool}:NoSchedule'`
  return `#!/bin/bash
set -euo pipefail
curl --fail -H 'Authorization: Bearer Oracle' -L0 http://169.254.169.254/opc/v2/instance/metadata/oke_init_script | base64 --decode > /var/run/oke-init.sh
bash /var/run/oke-init.sh${taint}
`
}
