import { framework } from './framework.ts'

/** Checks of kube-score, those that are off unless asked for among them. */
export const kubeScore = framework({
  name: 'kube-score',
  version: '1.20',
  source: 'https://github.com/zegl/kube-score/blob/v1.20.0/README_CHECKS.md',
  controls: {
    'kube-score container-resources': { asks: 'Containers say what they need and what they take at most.' },
    'kube-score container-resource-requests-equal-limits': {
      asks: 'Requests and limits of processor time and memory are the same.',
      unchecked:
        'Off in kube-score too: for memory it is good, for processor time it leaves nodes idle; ask for a limit of memory.',
    },
    'kube-score container-cpu-requests-equal-limits': {
      asks: 'Requests and limits of processor time are the same.',
      unchecked:
        'Off in kube-score too: a container that waits for its limit helps nobody while processors are free; requests share them out.',
    },
    'kube-score container-memory-requests-equal-limits': {
      asks: 'Requests and limits of memory are the same.',
      unchecked:
        'Off in kube-score too: which pods live on memory that others leave is the choice of who runs them; ask for a limit.',
    },
    'kube-score container-ephemeral-storage-request-and-limit': {
      asks: "Containers say how much of the node's disk they need and take at most.",
    },
    'kube-score container-ephemeral-storage-request-equals-limit': {
      asks: "Requests and limits of the node's disk are the same.",
      unchecked: 'Off in kube-score too: most scratch space is empty most of the time; limit what a volume may hold.',
    },
    'kube-score container-image-tag': { asks: 'Images bear a tag, and not `latest`.' },
    'kube-score container-image-pull-policy': { asks: 'Images are pulled at every start.' },
    'kube-score container-security-context-user-group-id': { asks: 'Users and groups of containers are high numbers.' },
    'kube-score container-security-context-privileged': { asks: 'No container is privileged.' },
    'kube-score container-security-context-readonlyrootfilesystem': {
      asks: 'Containers cannot write to their root file system.',
    },
    'kube-score container-seccomp-profile': { asks: 'System calls are filtered by a profile.' },
    'kube-score container-ports-check': { asks: "Names and numbers of a container's ports are right and distinct." },
    'kube-score environment-variable-key-duplication': { asks: 'No variable is set twice.' },
    'kube-score pod-probes': { asks: 'Pods behind a Service say whether they are ready.' },
    'kube-score pod-probes-identical': { asks: 'Readiness and liveness are asked for in different ways.' },
    'kube-score pod-networkpolicy': { asks: 'Every pod has network policies for what comes in and what goes out.' },
    'kube-score networkpolicy-targets-pod': { asks: 'Every network policy selects some pod.' },
    'kube-score pod-topology-spread-constraints': { asks: 'Pods are spread over what may fail.' },
    'kube-score deployment-has-poddisruptionbudget': { asks: 'A Deployment of several pods has a disruption budget.' },
    'kube-score statefulset-has-poddisruptionbudget': {
      asks: 'A StatefulSet of several pods has a disruption budget.',
    },
    'kube-score poddisruptionbudget-has-policy': { asks: 'A disruption budget says how many pods may be away.' },
    'kube-score deployment-has-host-podantiaffinity': { asks: 'Pods of a Deployment keep to different hosts.' },
    'kube-score statefulset-has-host-podantiaffinity': { asks: 'Pods of a StatefulSet keep to different hosts.' },
    'kube-score statefulset-has-servicename': { asks: 'The headless Service of a StatefulSet is there.' },
    'kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured': {
      asks: 'What an autoscaler scales has no number of pods of its own.',
    },
    'kube-score deployment-replicas': { asks: 'A Deployment behind a Service has at least two pods.' },
    'kube-score deployment-strategy': { asks: 'A Deployment behind a Service is renewed bit by bit.' },
    'kube-score deployment-pod-selector-labels-match-template-metadata-labels': {
      asks: 'A Deployment selects the pods of its template.',
    },
    'kube-score statefulset-pod-selector-labels-match-template-metadata-labels': {
      asks: 'A StatefulSet selects the pods of its template.',
    },
    'kube-score cronjob-has-deadline': { asks: 'A schedule says how late a run may start.' },
    'kube-score cronjob-restartpolicy': { asks: "A schedule's pods have a restart policy that jobs may have." },
    'kube-score ingress-targets-service': { asks: 'The Services that an Ingress names are there, with those ports.' },
    'kube-score service-targets-pod': { asks: 'A Service selects some pod.' },
    'kube-score service-type': { asks: 'No Service is opened at every node.' },
    'kube-score horizontalpodautoscaler-has-target': { asks: 'What an autoscaler scales is there.' },
    'kube-score horizontalpodautoscaler-replicas': { asks: 'An autoscaler leaves at least two pods.' },
    'kube-score stable-version': { asks: 'Objects are of stable API versions.' },
    'kube-score label-values': { asks: 'Labels are written as Kubernetes takes them.' },
  },
})
