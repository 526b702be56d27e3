import { cases, declared } from '../../../test/support/rule.ts'
import rule from './object-labelled.ts'

const OURS = { 'app.kubernetes.io/part-of': 'project', 'kura/environment': 'stack', 'kura/component': 'kura-data' }
const object = (labels?: Record<string, string>) =>
  declared('kubernetes:core/v1:Secret', 'secret', { metadata: { labels } })

cases(rule, {
  passes: {
    'an object with all labels': object(OURS),
    'what Helm and manifests of others make': [
      declared('kubernetes:helm.sh/v3:Release', 'chart'),
      declared('kubernetes:yaml/v2:ConfigFile', 'definitions'),
    ],
    'what is outside the cluster': declared('oci:Core/vcn:Vcn', 'net'),
  },
  breaks: {
    'no labels': [object(), /part-of"\] is not set; write "project"/, /environment/, /component/],
    'another environment': [
      object({ ...OURS, 'kura/environment': 'dev' }),
      'secret: metadata.labels["kura/environment"] is "dev"; write "stack".',
    ],
    'an empty component': [
      object({ ...OURS, 'kura/component': '' }),
      'secret: metadata.labels["kura/component"] is not set; write the name of its component (this.labels).',
    ],
  },
})
