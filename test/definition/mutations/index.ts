import type { Mutations } from '../mutant.ts'
import kubernetesAccess from './kubernetes/access.ts'
import kubernetesAvailability from './kubernetes/availability.ts'
import kubernetesCustom from './kubernetes/custom.ts'
import kubernetesNetwork from './kubernetes/network.ts'
import kubernetesPods from './kubernetes/pods.ts'
import kubernetesSecrets from './kubernetes/secrets.ts'
import kuraCapacity from './kura/capacity.ts'
import kuraCells from './kura/cells.ts'
import kuraDefinition from './kura/definition.ts'
import kuraEdge from './kura/edge.ts'
import kuraProtection from './kura/protection.ts'
import kuraStorage from './kura/storage.ts'
import kuraWatching from './kura/watching.ts'
import ociCluster from './oci/cluster.ts'
import ociCompute from './oci/compute.ts'
import ociIdentity from './oci/identity.ts'
import ociKeys from './oci/keys.ts'
import ociNetwork from './oci/network.ts'
import ociStorage from './oci/storage.ts'
import ociWatching from './oci/watching.ts'

/** By pack, what breaks each of its rules. */
export const MUTATIONS: Record<string, Mutations> = {
  oci: { ...ociNetwork, ...ociCompute, ...ociCluster, ...ociStorage, ...ociKeys, ...ociIdentity, ...ociWatching },
  kubernetes: {
    ...kubernetesPods,
    ...kubernetesAccess,
    ...kubernetesNetwork,
    ...kubernetesAvailability,
    ...kubernetesSecrets,
    ...kubernetesCustom,
  },
  kura: {
    ...kuraEdge,
    ...kuraStorage,
    ...kuraProtection,
    ...kuraWatching,
    ...kuraCells,
    ...kuraCapacity,
    ...kuraDefinition,
  },
}
