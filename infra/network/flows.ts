/** Subnets, and the interfaces in them. */
export const GROUPS = [
  'endpoint',
  'nodes',
  'pods',
  'loadBalancers',
  'bastion',
  'files',
  'dataNodes',
  'delivery',
] as const
export type Group = (typeof GROUPS)[number]

/** Groups whose interfaces take a security group; the Bastion service's own takes none. */
export type SecurityGroup = Exclude<Group, 'bastion'>

/** Beyond the groups: anyone, Oracle's own services by their private path, and NII's networks behind FastConnect. */
export type Peer = Group | 'internet' | 'oracle' | 'sinet'

export interface Flow {
  from: readonly Peer[]
  to: readonly Peer[]
  protocol: 'tcp' | 'udp' | 'icmp' | 'all'
  /** First and last port; without it, all. */
  ports?: readonly [number, number]
}

type Ends = Peer | readonly Peer[]

function flow(protocol: Flow['protocol'], from: Ends, to: Ends, first?: number, last = first): Flow {
  const ports = first === undefined || last === undefined ? {} : { ports: [first, last] as const }
  return { from: [from].flat(), to: [to].flat(), protocol, ...ports }
}
const tcp = flow.bind(null, 'tcp')
const udp = flow.bind(null, 'udp')
/** Type 3, code 4: packets that are too large. */
const icmp = flow.bind(null, 'icmp')

const NODES = ['nodes', 'dataNodes'] as const
const CLUSTER = ['nodes', 'dataNodes', 'pods'] as const

/** Port of the nodes at which the Handle server is reached from its load balancer, by TCP and by UDP. */
export const RESOLVERS = 30_641

/**
 * Who may open a connection to whom, each by a sentence that says what for. Nothing else passes. A rule without ports
 * is between nodes and pods alone: there, network policies say which.
 */
export const FLOWS: Record<string, Flow> = {
  // What OKE needs with VCN-native pods: 6443 is the Kubernetes API, 12250 its control plane, 10250 the kubelet.
  'Nodes and pods use the Kubernetes API': tcp(CLUSTER, 'endpoint', 6443),
  'Nodes and pods report to the control plane': tcp(CLUSTER, 'endpoint', 12_250),
  'Nodes find the packet size to the API': icmp(NODES, 'endpoint'),
  'The control plane reaches kubelets': tcp('endpoint', NODES, 10_250),
  'The control plane finds the packet size to nodes': icmp('endpoint', NODES),
  'The control plane reaches admission webhooks': tcp('endpoint', 'pods', 9443),
  'The control plane reaches cert-manager and the metrics server': tcp('endpoint', 'pods', 10_250),
  'The control plane reaches the DNS solver': tcp('endpoint', 'pods', 6443),
  'The control plane reaches Oracle services': tcp('endpoint', 'oracle', 443),
  'Pods read the metrics of kubelets': tcp('pods', NODES, 10_250),
  'Nodes reach pods': tcp(NODES, 'pods'),
  'Nodes ask the DNS of the cluster': udp(NODES, 'pods', 53),
  'Pods reach pods': flow('all', 'pods', 'pods'),

  // What is outside
  'Nodes and pods reach Oracle services': tcp(CLUSTER, 'oracle', 443),
  'Nodes fetch the credential provider': tcp(NODES, 'internet', 443),
  'Pods reach identity providers and certificate authorities': tcp('pods', 'internet', 443),
  // cert-manager sees for itself that a name server answers before the authority asks it.
  'Pods ask name servers outside': tcp('pods', 'internet', 53),
  'Pods ask name servers outside by UDP': udp('pods', 'internet', 53),
  'Pods bring copies of the backups to NII': tcp('pods', 'sinet', 443),

  // File storage: 111 is the port mapper, 2048 to 2050 are NFS
  'Nodes find the ports of file storage': tcp(NODES, 'files', 111),
  'Nodes find the ports of file storage by UDP': udp(NODES, 'files', 111),
  'Nodes mount file storage': tcp(NODES, 'files', 2048, 2050),
  'Nodes mount file storage by UDP': udp(NODES, 'files', 2048),

  // Readers
  'Readers reach the load balancers': tcp('internet', 'loadBalancers', 443),
  'Readers are sent on to HTTPS': tcp('internet', 'loadBalancers', 80),
  'Load balancers reach the gateway': tcp('loadBalancers', 'pods', 10_080, 10_081),
  'Load balancers reach the identity provider': tcp('loadBalancers', 'pods', 8080),
  'Anyone resolves handles': tcp('internet', 'loadBalancers', 2641),
  'Anyone resolves handles by UDP': udp('internet', 'loadBalancers', 2641),
  'Load balancers pass resolvers on': tcp('loadBalancers', NODES, RESOLVERS),
  'Load balancers pass resolvers on by UDP': udp('loadBalancers', NODES, RESOLVERS),
  'Nodes pass resolvers on by UDP': udp(NODES, 'pods', 2641),
  'Load balancers ask nodes whether they are well': tcp('loadBalancers', NODES, 10_256),

  // Operators and the pipeline
  'Operators use the Kubernetes API': tcp('bastion', 'endpoint', 6443),
  'Operators enter nodes': tcp('bastion', NODES, 22),
  'The pipeline uses the Kubernetes API': tcp('delivery', 'endpoint', 6443),
  'The pipeline reaches Oracle services': tcp('delivery', 'oracle', 443),
  'The pipeline reaches registries': tcp('delivery', 'internet', 443),
  // Debian signs them, and serves them so.
  'The pipeline fetches packages for images': tcp('delivery', 'internet', 80),
}
