import clusterEndpointInGroup from './cluster-endpoint-in-group.ts'
import clusterEndpointPrivate from './cluster-endpoint-private.ts'
import clusterEnhanced from './cluster-enhanced.ts'
import clusterImagesVerified from './cluster-images-verified.ts'
import clusterSecretsEncrypted from './cluster-secrets-encrypted.ts'
import clusterVersionSupported from './cluster-version-supported.ts'
import clusterWithoutDashboard from './cluster-without-dashboard.ts'
import nodePoolEncryptedInTransit from './node-pool-encrypted-in-transit.ts'
import nodePoolInGroup from './node-pool-in-group.ts'
import nodePoolInPrivateSubnet from './node-pool-in-private-subnet.ts'
import nodePoolLegacyMetadataOff from './node-pool-legacy-metadata-off.ts'
import nodePoolOverFaultDomains from './node-pool-over-fault-domains.ts'
import nodePoolOwnKey from './node-pool-own-key.ts'
import nodePoolVersionFitsCluster from './node-pool-version-fits-cluster.ts'

export default [
  clusterEndpointInGroup,
  clusterEndpointPrivate,
  clusterEnhanced,
  clusterImagesVerified,
  clusterSecretsEncrypted,
  clusterVersionSupported,
  clusterWithoutDashboard,
  nodePoolEncryptedInTransit,
  nodePoolInGroup,
  nodePoolInPrivateSubnet,
  nodePoolLegacyMetadataOff,
  nodePoolOverFaultDomains,
  nodePoolOwnKey,
  nodePoolVersionFitsCluster,
]
