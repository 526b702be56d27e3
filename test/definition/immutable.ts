/** Inputs of a type that cannot change in place: a change replaces the resource, and with it what it holds. */
interface Immutable {
  /** Names of inputs; nested ones as `a.b`. */
  inputs: string[]
  source: string
}

/** `@pulumi/oci` marks in its documentation what can be changed as "(Updatable)"; these are not. A test compares. */
const MARKED = "@pulumi/oci: not marked as updatable in the arguments' documentation"

const API = 'Kubernetes API, validation of updates'

/**
 * What holds data, guards it or is the way to it, by type. Nothing that operators change from day to day may change one
 * of these inputs.
 */
export const IMMUTABLE: Record<string, Immutable> = {
  'oci:ContainerEngine/cluster:Cluster': {
    inputs: ['compartmentId', 'vcnId', 'kmsKeyId', 'clusterPodNetworkOptions', 'endpointConfig'],
    source: MARKED,
  },
  'oci:ObjectStorage/bucket:Bucket': { inputs: ['name', 'namespace', 'storageTier'], source: MARKED },
  'oci:Kms/vault:Vault': { inputs: ['vaultType', 'externalKeyManagerMetadata'], source: MARKED },
  'oci:Kms/key:Key': {
    inputs: ['keyShape', 'managementEndpoint', 'protectionMode', 'externalKeyReference'],
    source: MARKED,
  },
  'oci:Kms/keyVersion:KeyVersion': { inputs: ['keyId', 'managementEndpoint', 'externalKeyVersionId'], source: MARKED },
  'oci:FileStorage/fileSystem:FileSystem': { inputs: ['availabilityDomain', 'sourceSnapshotId'], source: MARKED },
  'oci:FileStorage/mountTarget:MountTarget': {
    inputs: ['availabilityDomain', 'subnetId', 'ipAddress', 'hostnameLabel'],
    source: MARKED,
  },
  'oci:FileStorage/export:Export': { inputs: ['exportSetId', 'fileSystemId', 'path'], source: MARKED },
  'oci:Core/volume:Volume': {
    inputs: ['availabilityDomain', 'sourceDetails', 'volumeBackupId', 'clusterPlacementGroupId'],
    source: MARKED,
  },
  'oci:Core/vcn:Vcn': { inputs: ['cidrBlock', 'dnsLabel', 'isIpv6enabled'], source: MARKED },
  'oci:Core/subnet:Subnet': {
    inputs: ['vcnId', 'dnsLabel', 'availabilityDomain', 'prohibitInternetIngress', 'prohibitPublicIpOnVnic'],
    source: MARKED,
  },
  'oci:Core/publicIp:PublicIp': { inputs: ['lifetime', 'publicIpPoolId'], source: MARKED },
  'oci:Dns/zone:Zone': { inputs: ['name', 'zoneType', 'viewId'], source: MARKED },
  'tls:index/privateKey:PrivateKey': {
    inputs: ['algorithm', 'rsaBits', 'ecdsaCurve'],
    source: '@pulumi/tls: each asks for another key',
  },
  'oci:Identity/compartment:Compartment': { inputs: ['enableDelete'], source: MARKED },
  'kubernetes:core/v1:Namespace': { inputs: ['metadata.name'], source: API },
  'kubernetes:apps/v1:StatefulSet': {
    inputs: [
      'metadata.name',
      'metadata.namespace',
      'spec.serviceName',
      'spec.selector',
      'spec.podManagementPolicy',
      'spec.volumeClaimTemplates',
    ],
    source: `${API}: only replicas, ordinals, template, updateStrategy, retention of claims and minReadySeconds change`,
  },
  'kubernetes:storage.k8s.io/v1:StorageClass': {
    inputs: ['metadata.name', 'provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    source: API,
  },
  'kubernetes:core/v1:PersistentVolume': {
    inputs: ['metadata.name', 'spec.csi', 'spec.volumeMode', 'spec.nodeAffinity'],
    source: API,
  },
  'kubernetes:core/v1:PersistentVolumeClaim': {
    inputs: [
      'metadata.name',
      'metadata.namespace',
      'spec.accessModes',
      'spec.selector',
      'spec.storageClassName',
      'spec.volumeName',
      'spec.volumeMode',
    ],
    source: `${API}: only requests and volumeAttributesClassName change`,
  },
  'kubernetes:acid.zalan.do/v1:postgresql': {
    inputs: ['metadata.name', 'metadata.namespace', 'spec.teamId', 'spec.volume.storageClass'],
    source: 'Zalando operator: the name gives Services, Secrets and claims theirs; a claim keeps its class',
  },
  'kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster': {
    inputs: ['metadata.name', 'metadata.namespace', 'spec.persistence.storageClassName'],
    source: "RabbitMQ cluster operator: becomes the StatefulSet's volumeClaimTemplates",
  },
}

/** The value of an input, nested ones as `a.b`; undefined where it is not given. */
export function inputOf(inputs: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        value === null || typeof value !== 'object' ? undefined : (value as Record<string, unknown>)[key],
      inputs,
    )
}
