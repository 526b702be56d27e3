import { framework } from './framework.ts'

/** Controls of Kubescape for the hardening guidance of NSA and CISA. */
export const nsa = framework({
  name: 'NSA and CISA hardening, by Kubescape',
  version: '4',
  source: 'https://kubescape.io/docs/frameworks-and-controls/frameworks/',
  controls: {
    'C-0002': { asks: 'Nobody runs commands in running containers without need.' },
    'C-0005': {
      asks: 'The API server has no port without TLS.',
      unchecked: "Kubernetes has had none since version 1.24, and a managed control plane's flags are its provider's.",
    },
    'C-0012': { asks: 'Configuration and variables hold no credentials.' },
    'C-0013': { asks: 'Containers do not run as root.' },
    'C-0016': { asks: 'Processes cannot gain rights.' },
    'C-0017': { asks: 'Containers cannot write to their root file system.' },
    'C-0030': { asks: 'Policies deny pods what comes in and what goes out, and allow what is needed.' },
    'C-0034': { asks: 'Pods get no token of a service account unasked.' },
    'C-0035': { asks: 'Few have roles that administer the cluster.' },
    'C-0038': { asks: 'Pods share neither processes nor memory with their node.' },
    'C-0041': { asks: "Pods do not use their node's network." },
    'C-0044': { asks: 'Containers open no ports of their node.' },
    'C-0046': { asks: 'Containers have no dangerous capabilities.' },
    'C-0054': { asks: 'Every namespace has a network policy.' },
    'C-0055': { asks: 'Containers are confined by seccomp, AppArmor, SELinux or dropped capabilities.' },
    'C-0057': { asks: 'No container is privileged.' },
    'C-0058': { asks: 'Nobody gets out of a volume by a link in a subPath (CVE-2021-25741).' },
    'C-0059': { asks: 'No Ingress has snippets of NGINX configuration (CVE-2021-25742).' },
    'C-0066': { asks: 'Secrets lie encrypted in etcd.' },
    'C-0067': {
      asks: 'The API server writes an audit log.',
      unchecked:
        "A managed control plane's audit log is its provider's; OKE's goes to OCI Audit, which nobody can turn off.",
    },
    'C-0068': {
      asks: 'PodSecurityPolicy is on.',
      unchecked: 'Kubernetes removed it in version 1.25; ask for Pod Security admission by labels of namespaces.',
    },
    'C-0069': {
      asks: 'Kubelets answer nobody who has not signed in.',
      unchecked: "Flags of kubelets are no resource; OKE starts its nodes' kubelets without anonymous access.",
    },
    'C-0070': {
      asks: 'Kubelets check the certificates of their clients.',
      unchecked: "Flags of kubelets are no resource; OKE gives its nodes' kubelets the authority of the cluster.",
    },
    'C-0270': {
      asks: 'Containers have a limit of processor time.',
      unchecked:
        'A container that waits for its limit helps nobody while processors are free: ask for requests, which share them out when they are short.',
    },
    'C-0271': { asks: 'Containers have a limit of memory.' },
  },
})
