import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './image-by-digest.ts'

const DIGEST = `sha256:${'0'.repeat(64)}`

cases(rule, {
  passes: {
    'a digest': container({ image: `web@${DIGEST}` }),
    'a tag and a digest': container({ image: `registry.example:5000/web:1@${DIGEST}` }),
  },
  breaks: {
    'a tag': [
      container({ image: 'web:1.2.3' }),
      'web: spec.template.spec.containers[0].image is "web:1.2.3"; write the same with "@sha256:" and the digest behind it.',
    ],
    'no image': [container({}), /image is not set/],
    'an init container': [deployment({ initContainers: [{ image: 'web:1' }] }), /initContainers\[0\].image/],
    'an ephemeral container': [deployment({ ephemeralContainers: [{ image: 'web:1' }] }), /ephemeralContainers\[0\]/],
    'a volume of an image': [
      deployment({ volumes: [{ name: 'x', image: { reference: 'd:1' } }] }),
      /volumes\[0\].image/,
    ],
    'an image that nobody knows yet': [container({ image: UNKNOWN }), /^Could not be judged: web/],
  },
})

cases(rule, {
  config: { immutable: ['registry.example/shop/'] },
  passes: { 'a tag of such a registry': container({ image: 'registry.example/shop/web:1' }) },
  breaks: {
    'no tag of such a registry': [container({ image: 'registry.example/shop/web' }), /shop\/web/],
    'a tag of another': [container({ image: 'registry.example/web:1' }), /example\/web:1/],
  },
})
