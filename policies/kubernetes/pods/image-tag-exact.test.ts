import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './image-tag-exact.ts'

cases(rule, {
  passes: {
    'a version': container({ image: 'registry.example/shop/web:1.2.3' }),
    'a version of one number': container({ image: 'node:22' }),
    'a digest': container({ image: `web@sha256:${'0'.repeat(64)}` }),
    'a digest beside a tag that moves': container({ image: `web:latest@sha256:${'0'.repeat(64)}` }),
  },
  breaks: {
    'no tag': [
      container({ image: 'nginx' }),
      'web: spec.template.spec.containers[0].image is "nginx"; write the tag of a version, or a digest.',
    ],
    'no image': [container({}), /image is not set/],
    'the port of a registry, which is no tag': [container({ image: 'registry.example:5000/web' }), /:5000\/web"/],
    'the latest': [container({ image: 'nginx:latest' }), /"nginx:latest"/],
    'a variant without a version': [container({ image: 'nginx:alpine' }), /"nginx:alpine"/],
    'a variant of the latest': [container({ image: 'nginx:latest-alpine3.22' }), /"nginx:latest-alpine3.22"/],
    'a branch': [cronJob({ containers: [{ image: 'web:main' }] }), /^nightly/],
    'an init container': [deployment({ initContainers: [{ image: 'web' }] }), /initContainers\[0\].image/],
    'an ephemeral container': [deployment({ ephemeralContainers: [{ image: 'web' }] }), /ephemeralContainers\[0\]/],
    'a volume of an image': [
      deployment({ volumes: [{ name: 'x', image: { reference: 'data' } }] }),
      /volumes\[0\].image/,
    ],
    'an image that nobody knows yet': [container({ image: UNKNOWN }), /^Could not be judged: web/],
  },
})
