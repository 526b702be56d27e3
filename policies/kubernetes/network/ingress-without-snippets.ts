import { networking } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

/** Annotations by which NGINX's two ingress controllers take configuration as it is. */
const SNIPPET = /^nginx\.(ingress\.kubernetes\.io|org)\/.*snippets?$/

export default resourceRule(
  {
    name: 'ingress-without-snippets',
    description: 'No Ingress runs configuration of its own in the controller that serves all (CVE-2021-25742).',
    severity: 'critical',
    level: 'mandatory',
    serves: ['C-0059', 'CKV_K8S_153', 'CKV_K8S_152', 'CKV_K8S_154'],
  },
  networking.v1.Ingress,
  ({ metadata }, tell) => {
    for (const key of Object.keys(metadata?.annotations ?? {}))
      if (SNIPPET.test(key))
        tell({ at: `metadata.annotations["${key}"]`, holds: 'a snippet', write: 'annotations that say one thing each' })
  },
)
