import type { Mutations } from '../../mutant.ts'

export default {
  'definitions-version-exact': (stack) =>
    stack.change('kura-operators-calico-definitions', (definitions) => {
      definitions.file = definitions.file.replace(/v[\d.]+/, 'master')
    }),
  'image-mirrored': {
    by: (stack) =>
      stack.change('kura-data-redis-deployment', ({ spec }) => {
        spec.template.spec.containers[0].image = 'docker.io/library/redis:7.2.16'
      }),
    also: ['kubernetes/image-by-digest'],
  },
  'kubernetes-version-exact': (stack) =>
    stack.change('kura-cluster-web', (pool) => {
      pool.kubernetesVersion = 'v1.34'
    }),
  'name-follows-parent': (stack) =>
    stack.change('kura-network-vcn', (_, vcn) => {
      vcn.parent = vcn.parent.replace(/[^:]+$/, 'kura-edge')
    }),
  'name-given-once': (stack) =>
    stack.change('kura-network-pods', (subnet) => {
      subnet.displayName = 'kura-network-nodes'
    }),
  'object-labelled': (stack) =>
    stack.change('kura-backups-lists', ({ metadata }) => {
      delete metadata.labels['kura/component']
    }),
  'resource-tagged': (stack) =>
    stack.change('kura-network-vcn', ({ freeformTags }) => {
      delete freeformTags.component
    }),
} satisfies Mutations
