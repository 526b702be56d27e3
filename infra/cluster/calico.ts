import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { files, images, reference } from '../images.ts'
import { resources } from '../pods.ts'
import type { Settings } from '../settings.ts'

const NAME = 'calico-node'
const NAMESPACE = 'kube-system'

/** Its project's own request for CPU; memory as with some thousands of pods and policies. */
const SIZE = { vcpu: 0.25, memory: 0.5 }

const READ = ['get', 'list', 'watch']
const CALICO = 'crd.projectcalico.org'

/** Kinds of Calico's own that Felix watches: policies and what they are about, and how it is configured. */
const WATCHED = [
  'bgpconfigurations',
  'bgpfilters',
  'bgppeers',
  'blockaffinities',
  'caliconodestatuses',
  'clusterinformations',
  'felixconfigurations',
  'globalnetworkpolicies',
  'globalnetworksets',
  'hostendpoints',
  'ipamblocks',
  'ippools',
  'ipreservations',
  'networkpolicies',
  'networksets',
  'stagedglobalnetworkpolicies',
  'stagedkubernetesnetworkpolicies',
  'stagednetworkpolicies',
  'tiers',
]

/** What Felix reads, and the few things that it writes about itself. */
const RULES = [
  { apiGroups: [''], resources: ['nodes', 'pods', 'namespaces', 'serviceaccounts', 'services'], verbs: READ },
  { apiGroups: [''], resources: ['endpoints'], verbs: READ },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] },
  { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch', 'update'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: READ },
  {
    apiGroups: ['policy.networking.k8s.io'],
    resources: ['adminnetworkpolicies', 'baselineadminnetworkpolicies'],
    verbs: READ,
  },
  { apiGroups: [CALICO], resources: WATCHED, verbs: READ },
  { apiGroups: [CALICO], resources: ['tiers'], verbs: ['create'] },
  {
    apiGroups: [CALICO],
    resources: ['ippools', 'felixconfigurations', 'bgpconfigurations', 'clusterinformations'],
    verbs: ['create', 'update'],
  },
  { apiGroups: [CALICO], resources: ['caliconodestatuses'], verbs: ['update'] },
]

/** Calico beside OKE's VCN-native pod network: it enforces policies, and neither connects pods nor gives addresses. */
const ENVIRONMENT = {
  DATASTORE_TYPE: 'kubernetes',
  WAIT_FOR_DATASTORE: 'true',
  CLUSTER_TYPE: 'k8s',
  CALICO_NETWORKING_BACKEND: 'none',
  CALICO_MANAGE_CNI: 'false',
  CALICO_DISABLE_FILE_LOGGING: 'true',
  NO_DEFAULT_POOLS: 'true',
  FELIX_HEALTHENABLED: 'true',
  FELIX_IPV6SUPPORT: 'false',
  FELIX_DEFAULTENDPOINTTOHOSTACTION: 'ACCEPT',
  // Pods' interfaces, as Oracle's plugin names them; its own rules come before Calico's.
  FELIX_INTERFACEPREFIX: 'oci',
  FELIX_CHAININSERTMODE: 'Append',
  FELIX_IPTABLESMANGLEALLOWACTION: 'Return',
  // Oracle Linux writes nftables; on its version 8 Calico would guess wrong.
  FELIX_IPTABLESBACKEND: 'NFT',
}

/** Folders and files of the node that it works with, by where it has them too. */
const FROM_NODE: Record<string, string> = {
  '/lib/modules': '',
  '/var/run/calico': 'DirectoryOrCreate',
  '/var/lib/calico': 'DirectoryOrCreate',
  '/run/xtables.lock': 'FileOrCreate',
  '/var/run/nodeagent': 'DirectoryOrCreate',
  '/sys/fs/bpf': 'Directory',
}

/**
 * The engine of network policies: without it they are declared and not enforced. Declared here rather than by Calico's
 * own operator, which knows the networks of other clouds and not Oracle's.
 */
export class Calico extends Component {
  constructor(name: string, { registry }: Pick<Settings, 'registry'>, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Calico', name, options)
    const child = { parent: this }
    const selector = { 'k8s-app': NAME }
    const labels = { ...this.labels, ...selector }
    const metadata = { name: NAME, labels }
    const inNamespace = { ...metadata, namespace: NAMESPACE }

    const definitions = new kubernetes.yaml.v2.ConfigFile(
      this.named('definitions'),
      { file: files.calicoDefinitions },
      child,
    )
    const account = new kubernetes.core.v1.ServiceAccount(
      this.named('account'),
      { metadata: inNamespace, automountServiceAccountToken: false },
      child,
    )
    const role = new kubernetes.rbac.v1.ClusterRole(this.named('role'), { metadata, rules: RULES }, child)
    const binding = new kubernetes.rbac.v1.ClusterRoleBinding(
      this.named('binding'),
      {
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.metadata.name },
        subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE }],
      },
      child,
    )

    const probe = (check: 'live' | 'ready') => ({
      exec: { command: ['/bin/calico-node', `-felix-${check}`] },
      periodSeconds: 10,
      timeoutSeconds: 10,
      failureThreshold: check === 'live' ? 6 : 3,
    })
    const mounts = Object.entries(FROM_NODE).map(([path, type]) => ({ name: volumeName(path), path, type }))
    new kubernetes.apps.v1.DaemonSet(
      this.named('node'),
      {
        metadata: inNamespace,
        spec: {
          selector: { matchLabels: selector },
          updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
          template: {
            metadata: { labels },
            spec: {
              serviceAccountName: NAME,
              automountServiceAccountToken: true,
              hostNetwork: true,
              priorityClassName: 'system-node-critical',
              terminationGracePeriodSeconds: 0,
              nodeSelector: { 'kubernetes.io/os': 'linux' },
              tolerations: [{ operator: 'Exists' }],
              securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
              containers: [
                {
                  name: NAME,
                  image: reference(registry, images.calico),
                  env: [
                    { name: 'NODENAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
                    ...Object.entries(ENVIRONMENT).map(([key, value]) => ({ name: key, value })),
                  ],
                  resources: resources(SIZE),
                  // It writes the node's packet filter.
                  securityContext: { privileged: true },
                  lifecycle: { preStop: { exec: { command: ['/bin/calico-node', '-shutdown'] } } },
                  livenessProbe: { ...probe('live'), initialDelaySeconds: 10 },
                  readinessProbe: probe('ready'),
                  volumeMounts: mounts.map(({ name: volume, path, type }) => ({
                    name: volume,
                    mountPath: path,
                    ...(type === '' ? { readOnly: true } : {}),
                  })),
                },
              ],
              volumes: mounts.map(({ name: volume, path, type }) => ({ name: volume, hostPath: { path, type } })),
            },
          },
        },
      },
      { ...child, dependsOn: [definitions, account, binding] },
    )
    this.registerOutputs({})
  }
}

function volumeName(path: string): string {
  return path.slice(1).replaceAll(/[/.]/g, '-')
}
