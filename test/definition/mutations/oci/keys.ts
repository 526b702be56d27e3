import type { Mutations } from '../../mutant.ts'

export default {
  'key-in-hardware': (stack) =>
    stack.change('kura-keys-volumes', (key) => {
      key.protectionMode = 'SOFTWARE'
    }),
  'key-protected': (stack) =>
    stack.change('kura-keys-volumes', (_key, resource) => {
      resource.protect = false
    }),
  // The keys that there are have their day.
  'key-rotates': (stack) =>
    stack.copy('kura-keys-volumes', 'kura-keys-more', (key) => {
      key.displayName = 'kura-keys-more'
    }),
} satisfies Mutations
