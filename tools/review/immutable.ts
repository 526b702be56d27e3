/** What makes a type precious: that it holds data, that it holds the keys to data, or that it is the way to them. */
type Precious = 'data' | 'keys' | 'way'

/** Inputs of a type that cannot change in place: a change replaces the resource, and with it what it holds. */
interface Immutable {
  is: Precious
  /** Names of inputs; nested ones as `a.b`. */
  inputs: string[]
  /** Those that are marked as updatable, and are not where something is in use. */
  despite?: string[]
  /** Whether some of them are removed from day to day; what must stay is protected. */
  comesAndGoes?: true
  source: string
}

/** `@pulumi/oci` marks in its documentation what can be changed as "(Updatable)"; these are not. A test compares. */
const MARKED = "@pulumi/oci: not marked as updatable in the arguments' documentation"

/** Where an address is in use, Oracle refuses to take its range away: another one is another network. */
const IN_USE = "Oracle's documentation, VCN and Subnet Management: no range goes that has addresses in use"

const API = 'Kubernetes API, validation of updates'

/**
 * What holds data, guards it or is the way to it, by type. Nothing that operators change from day to day may change one
 * of these inputs.
 */
export const IMMUTABLE: Record<string, Immutable> = {
  'oci:ContainerEngine/cluster:Cluster': {
    is: 'data',
    inputs: ['compartmentId', 'vcnId', 'kmsKeyId', 'clusterPodNetworkOptions', 'endpointConfig'],
    source: MARKED,
  },
  'oci:ObjectStorage/bucket:Bucket': { is: 'data', inputs: ['name', 'namespace', 'storageTier'], source: MARKED },
  'oci:Kms/vault:Vault': { is: 'keys', inputs: ['vaultType', 'externalKeyManagerMetadata'], source: MARKED },
  'oci:Kms/key:Key': {
    is: 'keys',
    inputs: ['keyShape', 'managementEndpoint', 'protectionMode', 'externalKeyReference'],
    source: MARKED,
  },
  'oci:Kms/keyVersion:KeyVersion': {
    is: 'keys',
    inputs: ['keyId', 'managementEndpoint', 'externalKeyVersionId'],
    source: MARKED,
  },
  'oci:FileStorage/fileSystem:FileSystem': {
    is: 'data',
    inputs: ['availabilityDomain', 'sourceSnapshotId'],
    source: MARKED,
  },
  'oci:FileStorage/mountTarget:MountTarget': {
    is: 'way',
    inputs: ['availabilityDomain', 'subnetId', 'ipAddress', 'hostnameLabel'],
    source: MARKED,
  },
  'oci:FileStorage/export:Export': { is: 'way', inputs: ['exportSetId', 'fileSystemId', 'path'], source: MARKED },
  'oci:Core/volume:Volume': {
    is: 'data',
    inputs: ['availabilityDomain', 'sourceDetails', 'volumeBackupId', 'clusterPlacementGroupId'],
    source: MARKED,
  },
  'oci:Core/vcn:Vcn': {
    is: 'way',
    inputs: ['cidrBlock', 'cidrBlocks', 'dnsLabel', 'isIpv6enabled'],
    despite: ['cidrBlocks'],
    source: `${MARKED}; ${IN_USE}`,
  },
  'oci:Core/subnet:Subnet': {
    is: 'way',
    inputs: [
      'vcnId',
      'cidrBlock',
      'dnsLabel',
      'availabilityDomain',
      'prohibitInternetIngress',
      'prohibitPublicIpOnVnic',
    ],
    despite: ['cidrBlock'],
    source: `${MARKED}; ${IN_USE}`,
  },
  'oci:Core/publicIp:PublicIp': { is: 'way', inputs: ['lifetime', 'publicIpPoolId'], source: MARKED },
  'oci:Dns/zone:Zone': { is: 'way', inputs: ['name', 'zoneType', 'viewId'], source: MARKED },
  'tls:index/privateKey:PrivateKey': {
    // Most stand in for a certificate that comes later, or are renewed. The one that cannot be had again is protected.
    is: 'way',
    comesAndGoes: true,
    inputs: ['algorithm', 'rsaBits', 'ecdsaCurve'],
    source: '@pulumi/tls: each asks for another key',
  },
  'oci:Identity/compartment:Compartment': { is: 'way', inputs: ['enableDelete'], source: MARKED },
  'kubernetes:core/v1:Namespace': { is: 'way', inputs: ['metadata.name'], source: API },
  'kubernetes:apps/v1:StatefulSet': {
    is: 'way',
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
    is: 'way',
    inputs: ['metadata.name', 'provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    source: API,
  },
  'kubernetes:core/v1:PersistentVolume': {
    is: 'way',
    inputs: ['metadata.name', 'spec.csi', 'spec.volumeMode', 'spec.nodeAffinity'],
    source: API,
  },
  'kubernetes:core/v1:PersistentVolumeClaim': {
    is: 'way',
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
    is: 'data',
    inputs: ['metadata.name', 'metadata.namespace', 'spec.teamId', 'spec.volume.storageClass'],
    source: 'Zalando operator: the name gives Services, Secrets and claims theirs; a claim keeps its class',
  },
  'kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster': {
    is: 'data',
    inputs: ['metadata.name', 'metadata.namespace', 'spec.persistence.storageClassName'],
    source: "RabbitMQ cluster operator: becomes the StatefulSet's volumeClaimTemplates",
  },
  // Whatever is of a kind goes with the kind's definition: with RabbitMQ's, every cluster.
  'kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition': {
    is: 'data',
    inputs: ['metadata.name', 'spec.group', 'spec.scope', 'spec.names.plural'],
    source: API,
  },
  'kubernetes:yaml/v2:ConfigFile': {
    is: 'data',
    inputs: [],
    source: 'a component of the Kubernetes provider, which makes definitions of kinds of it: never made anew itself',
  },
}

/** What else cannot change in place, of types that hold nothing: to make them anew takes what they do away for a while. */
const REMADE: Record<string, string[]> = {
  // As the Kubernetes provider has them (provider/pkg/provider/force_new.go); it replaces where the API would refuse.
  'kubernetes:apps/v1:Deployment': ['spec.selector'],
  'kubernetes:apps/v1:DaemonSet': ['spec.selector'],
  'kubernetes:apps/v1:StatefulSet': ['spec.revisionHistoryLimit'],
  'kubernetes:batch/v1:Job': ['spec.completions', 'spec.parallelism', 'spec.selector', 'spec.template'],
  'kubernetes:core/v1:ResourceQuota': ['spec.scopes'],
  'kubernetes:core/v1:Secret': ['type'],
  'kubernetes:core/v1:Service': ['spec.clusterIP'],
  'kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding': ['roleRef'],
  'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding': ['roleRef'],
  // Everything that it has made is made anew in the cluster that it names now.
  'pulumi:providers:kubernetes': ['clusterIdentifier'],
  // The API refuses to change them, and the provider does not know that it does.
  'kubernetes:networking.k8s.io/v1:IngressClass': ['spec.controller'],
  'kubernetes:gateway.networking.k8s.io/v1:GatewayClass': ['spec.controllerName'],
  'kubernetes:scheduling.k8s.io/v1:PriorityClass': ['value', 'preemptionPolicy'],
  'kubernetes:helm.sh/v3:Release': ['name', 'namespace'],
  // @pulumi/random and @pulumi/tls: every input makes another value.
  'random:index/randomId:RandomId': ['*'],
  'random:index/randomPassword:RandomPassword': ['*'],
  'tls:index/selfSignedCert:SelfSignedCert': ['*'],
}

/** Of all objects of Kubernetes: they are known by them. */
const IDENTITY = ['metadata.name', 'metadata.namespace']

/** ConfigMaps and Secrets that say so of themselves. */
const UNCHANGING = ['data', 'binaryData', 'stringData']

/** Whether a type holds data, holds keys or is the way to them. */
export function preciousness(type: string): Precious | undefined {
  return IMMUTABLE[type]?.is
}

/** Whether something of a type is removed from day to day, and is the way to something all the same. */
export function mayGo(type: string): boolean {
  return IMMUTABLE[type]?.comesAndGoes ?? false
}

/** Paths of inputs that cannot change in place. */
export function fixedInputs(type: string, { immutable }: Record<string, unknown>): string[] {
  const inCluster = type.startsWith('kubernetes:') && !type.startsWith('kubernetes:helm.sh')
  return [
    ...(IMMUTABLE[type]?.inputs ?? []),
    ...(REMADE[type] ?? []),
    ...(inCluster ? IDENTITY : []),
    ...(inCluster && immutable === true ? UNCHANGING : []),
  ]
}
