import { allow, is, noneOf, resource } from './statements.ts'

/** A pod's identity in Oracle Cloud: the service account that it runs under. */
export interface WorkloadIdentity {
  namespace: string
  serviceAccount: string
}

/** The service accounts that may do something in Oracle Cloud. What runs under any other may do nothing there. */
export const WORKLOADS = {
  /** OKE's native ingress controller, as the add-on runs it. */
  ingressController: { namespace: 'native-ingress-controller-system', serviceAccount: 'oci-native-ingress-controller' },
  /** The cluster autoscaler, as the add-on runs it. */
  autoscaler: { namespace: 'kube-system', serviceAccount: 'cluster-autoscaler' },
  /** The job that hands renewed certificates to the load balancers. */
  certificates: { namespace: 'kura-edge', serviceAccount: 'certificates' },
  /** Answers the certificate authority's questions by records in our zone. */
  dnsSolver: { namespace: 'kura-edge', serviceAccount: 'dns-solver' },
  /** The job that starts the comparison of what runs with what is declared. */
  nightly: { namespace: 'kura-nightly', serviceAccount: 'nightly' },
} as const satisfies Record<string, WorkloadIdentity>

/** What statements speak of. All but `zone` are OCIDs or names of this stack's own. */
export interface Scope {
  compartment: string
  /** Compartment of the keys. */
  keys: string
  /** OCID of the cluster. */
  cluster: string
  /** Name of the bucket that logs go to. */
  logs: string
  zone: string
  /** OCIDs of groups. */
  operators: string
  reviewers: string
  /** OCIDs of the keys by which images are signed. */
  signing: readonly string[]
  /** OCIDs of dynamic groups. */
  nodes: string
  agents: string
  pipelines: string
}

/** A policy: a sentence that says what it allows, and the statements that do. */
export interface Grant {
  sentence: string
  statements: (scope: Scope) => string[]
}

/** Rights that no day's work needs, and that destroy what cannot be made again. An administrator has them. */
const DESTROYS = {
  cluster: ['CLUSTER_DELETE'],
  volumes: ['VOLUME_DELETE', 'VOLUME_BACKUP_DELETE', 'BOOT_VOLUME_BACKUP_DELETE'],
  files: ['FILE_SYSTEM_DELETE', 'FILE_SYSTEM_DELETE_SNAPSHOT', 'MOUNT_TARGET_DELETE', 'EXPORT_SET_DELETE'],
  buckets: ['BUCKET_DELETE', 'RETENTION_RULE_MANAGE', 'RETENTION_RULE_LOCK'],
}

/** What `pulumi up` needs from day to day: everything but identities, keys, and the deletion of what holds data. */
function deploy(who: string, { compartment, keys }: Scope): string[] {
  const keep = (permissions: readonly string[]) => noneOf('request.permission', permissions)
  return [
    ...[
      'virtual-network-family',
      'load-balancers',
      'network-load-balancers',
      'waf-family',
      'dns',
      'leaf-certificate-family',
      'instance-family',
      'logging-family',
      'serviceconnectors',
      'alarms',
      'ons-family',
      'cloudevents-rules',
      'health-check-family',
      'management-agents',
      'management-agent-install-keys',
      'bastion',
      'devops-family',
      'repos',
      'artifact-repositories',
      'generic-artifacts',
      'vss-family',
    ].map((family) => allow(who, `manage ${family}`, compartment)),
    allow(who, 'manage cluster-family', compartment, ...keep(DESTROYS.cluster)),
    allow(who, 'manage volume-family', compartment, ...keep(DESTROYS.volumes)),
    allow(who, 'manage file-family', compartment, ...keep(DESTROYS.files)),
    allow(who, 'manage buckets', compartment, ...keep(DESTROYS.buckets)),
    allow(who, 'read metrics', compartment),
    allow(who, 'read secret-family', compartment),
    allow(who, 'read policies', compartment),
    // Using a key for a resource is one right, reading what there is another; changing a key is neither.
    ...['use key-delegate', 'read keys', 'read vaults'].map((may) => allow(who, may, keys)),
  ]
}

/** Everything that is allowed to machines and people of a stack, by the policy's name. */
export const GRANTS = {
  nodes: {
    sentence: 'Nodes pull images, and write their logs',
    statements: ({ compartment, nodes }) =>
      ['read repos', 'use log-content'].map((may) => allow(`dynamic-group id ${nodes}`, may, compartment)),
  },
  'ingress-controller': {
    sentence: 'The ingress controller keeps load balancers with their addresses, certificates and firewalls',
    statements: (scope) =>
      [
        'manage load-balancers',
        'use virtual-network-family',
        'read public-ips',
        'manage floating-ips',
        'manage waf-family',
        'read leaf-certificates',
        'read leaf-certificate-bundles',
        'manage certificate-associations',
        'read cluster-family',
      ].map((may) => workload('ingressController', may, scope)),
  },
  certificates: {
    sentence: 'Renewed certificates are imported, where others are served',
    statements: (scope) => [
      workload('certificates', 'use leaf-certificates', scope),
      workload('certificates', 'read leaf-certificate-versions', scope),
      workload(
        'certificates',
        'read leaf-certificate-bundles',
        scope,
        // What is served is compared with what is there; the private key is not read back.
        is('target.leaf-certificate.bundle-type', 'CERTIFICATE_CONTENT_PUBLIC_ONLY'),
      ),
    ],
  },
  'dns-solver': {
    sentence: "The certificate authority's questions are answered in our zone",
    statements: (scope) =>
      ['use dns-zones', 'manage dns-records'].map((may) =>
        workload('dnsSolver', may, scope, is('target.dns-zone.name', scope.zone)),
      ),
  },
  nightly: {
    sentence: 'What runs is compared with what is declared, each night',
    statements: (scope) =>
      ['read devops-build-pipeline', 'manage devops-build-run'].map((may) => workload('nightly', may, scope)),
  },
  metrics: {
    sentence: 'The agent that has registered here pushes metrics to where alarms look',
    statements: ({ compartment, agents }) =>
      ['manage management-agents', 'use metrics'].map((may) => allow(`dynamic-group id ${agents}`, may, compartment)),
  },
  connectors: {
    sentence: 'Connectors bring logs and audit events to the archive',
    statements: ({ compartment, logs }) => {
      const connector = resource('serviceconnector', compartment)
      return [
        ...['read log-content', 'read audit-events'].map((may) => allow('any-user', may, compartment, ...connector)),
        allow('any-user', 'manage objects', compartment, ...connector, is('target.bucket.name', logs)),
      ]
    },
  },
  scanning: {
    sentence: 'Images are scanned for known weaknesses',
    statements: ({ compartment }) =>
      ['read repos', 'read compartments'].map((may) =>
        allow('service vulnerability-scanning-service', may, compartment),
      ),
  },
  pipelines: {
    sentence: 'Pipelines build, mirror and deploy',
    statements: (scope) => {
      const who = `dynamic-group id ${scope.pipelines}`
      return [
        ...deploy(who, scope),
        // The stage that deploys runs in a container instance inside the network.
        ...['manage compute-containers', 'manage compute-container-instances'].map((may) =>
          allow(who, may, scope.compartment),
        ),
        ...scope.signing.map((key) => allow(who, 'use keys', scope.compartment, is('target.key.id', key))),
      ]
    },
  },
  operators: {
    sentence: 'Operators come in by the Bastion, and do by hand what pipelines do',
    statements: (scope) => {
      const who = `group id ${scope.operators}`
      return [
        ...deploy(who, scope),
        ...['manage bastion-session', 'inspect work-requests', 'read audit-events', 'read instance-agent-plugins'].map(
          (may) => allow(who, may, scope.compartment),
        ),
      ]
    },
  },
  reviewers: {
    sentence: 'Reviewers see what there is and how it does, and change nothing',
    statements: ({ compartment, reviewers }) =>
      ['inspect all-resources', 'read metrics', 'read alarms', 'read devops-family'].map((may) =>
        allow(`group id ${reviewers}`, may, compartment),
      ),
  },
} as const satisfies Record<string, Grant>

/** Only where the web pool may grow (`pools.web.most`). */
export const AUTOSCALER: Grant = {
  sentence: 'The autoscaler changes the number of nodes',
  statements: (scope) =>
    [
      'manage cluster-node-pools',
      'manage instance-family',
      'use subnets',
      'read virtual-network-family',
      'use vnics',
      'inspect compartments',
    ].map((may) => workload('autoscaler', may, scope)),
}

/** What operators and pipelines read of the whole tenancy. */
export const COMPARISON = {
  sentence: 'Identities are compared with what is declared',
  always: [
    'inspect compartments',
    'inspect groups',
    'inspect dynamic-groups',
    'read users',
    'inspect tag-namespaces',
    'read objectstorage-namespaces',
  ],
  /** Only by the stack that keeps what exists once. */
  managing: [
    'read cloud-guard-family',
    'read usage-budgets',
    'read quotas',
    'inspect tag-defaults',
    'inspect authentication-policies',
    'read policies',
  ],
}

function workload(of: keyof typeof WORKLOADS, may: string, { compartment, cluster }: Scope, ...more: string[]): string {
  const { namespace, serviceAccount } = WORKLOADS[of]
  return allow(
    'any-user',
    may,
    compartment,
    is('request.principal.type', 'workload'),
    is('request.principal.namespace', namespace),
    is('request.principal.service_account', serviceAccount),
    is('request.principal.cluster_id', cluster),
    ...more,
  )
}
