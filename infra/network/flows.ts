/** Groups of network interfaces that share their rules. */
export const GROUPS = ['endpoint', 'nodes', 'pods', 'loadBalancers', 'bastion', 'files', 'dataNodes'] as const
export type Group = (typeof GROUPS)[number]

/** Beyond the groups: anyone, and Oracle's own services by their private path. */
type Peer = Group | 'internet' | 'oracle'

interface Flow {
  from: Peer
  to: Peer
  protocol: 'tcp' | 'udp' | 'icmp' | 'all'
  /** First and last port. */
  ports?: [number, number]
}

/** Port of the nodes at which the Handle server is reached from its load balancer, by TCP and by UDP. */
export const RESOLVERS = 30_641

/**
 * Who may open a connection to whom, each by a sentence that says what for. Nothing else passes. The ports are those of
 * OKE with VCN-native pods: 6443 the Kubernetes API, 12250 OKE's control plane, 10250 the kubelet; ICMP of type 3 and
 * code 4 finds the size of packets.
 */
export const FLOWS: Record<string, Flow> = {
  'Nodes use the Kubernetes API': { from: 'nodes', to: 'endpoint', protocol: 'tcp', ports: [6443, 6443] },
  'Nodes report to the control plane': { from: 'nodes', to: 'endpoint', protocol: 'tcp', ports: [12_250, 12_250] },
  'Nodes find the packet size to the API': { from: 'nodes', to: 'endpoint', protocol: 'icmp' },
  'Pods use the Kubernetes API': { from: 'pods', to: 'endpoint', protocol: 'tcp', ports: [6443, 6443] },
  'Pods report to the control plane': { from: 'pods', to: 'endpoint', protocol: 'tcp', ports: [12_250, 12_250] },
  'The control plane reaches kubelets': { from: 'endpoint', to: 'nodes', protocol: 'tcp', ports: [10_250, 10_250] },
  'The control plane finds the packet size to nodes': { from: 'endpoint', to: 'nodes', protocol: 'icmp' },
  'The control plane reaches webhooks in pods': { from: 'endpoint', to: 'pods', protocol: 'all' },
  'The control plane reaches Oracle services': { from: 'endpoint', to: 'oracle', protocol: 'tcp', ports: [443, 443] },
  'Pods read the metrics of kubelets': { from: 'pods', to: 'nodes', protocol: 'tcp', ports: [10_250, 10_250] },
  'Nodes reach pods': { from: 'nodes', to: 'pods', protocol: 'all' },
  'Pods reach pods': { from: 'pods', to: 'pods', protocol: 'all' },
  'Nodes reach Oracle services': { from: 'nodes', to: 'oracle', protocol: 'tcp', ports: [443, 443] },
  'Pods reach Oracle services': { from: 'pods', to: 'oracle', protocol: 'tcp', ports: [443, 443] },
  'Nodes pull images': { from: 'nodes', to: 'internet', protocol: 'tcp', ports: [443, 443] },
  'Pods reach identity providers': { from: 'pods', to: 'internet', protocol: 'tcp', ports: [443, 443] },
  'Readers reach the load balancers': { from: 'internet', to: 'loadBalancers', protocol: 'tcp', ports: [443, 443] },
  'Readers are sent on to HTTPS': { from: 'internet', to: 'loadBalancers', protocol: 'tcp', ports: [80, 80] },
  'Load balancers reach the gateway': { from: 'loadBalancers', to: 'pods', protocol: 'tcp', ports: [10_080, 10_080] },
  'Load balancers reach the identity provider': {
    from: 'loadBalancers',
    to: 'pods',
    protocol: 'tcp',
    ports: [8080, 8080],
  },
  'Resolvers ask for handles': { from: 'internet', to: 'loadBalancers', protocol: 'udp', ports: [2641, 2641] },
  'Resolvers ask for many handles': { from: 'internet', to: 'loadBalancers', protocol: 'tcp', ports: [2641, 2641] },
  'Load balancers pass resolvers on': {
    from: 'loadBalancers',
    to: 'nodes',
    protocol: 'udp',
    ports: [RESOLVERS, RESOLVERS],
  },
  'Load balancers pass connected resolvers on': {
    from: 'loadBalancers',
    to: 'nodes',
    protocol: 'tcp',
    ports: [RESOLVERS, RESOLVERS],
  },
  'Load balancers ask nodes whether they are well': {
    from: 'loadBalancers',
    to: 'nodes',
    protocol: 'tcp',
    ports: [10_256, 10_256],
  },
}
