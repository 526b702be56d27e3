import type { Mutations } from '../../mutant.ts'

export default {
  'bucket-not-public': (stack) =>
    stack.change('kura-storage-contents', (bucket) => {
      bucket.accessType = 'ObjectRead'
    }),
} satisfies Mutations
