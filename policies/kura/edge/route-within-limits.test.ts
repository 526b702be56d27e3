import { object } from '../../../test/support/object.ts'
import { cases } from '../../../test/support/rule.ts'
import { Gateway, HTTPRoute } from '../kinds.ts'
import rule from './route-within-limits.ts'

const items = (length: number) => Array.from({ length }, () => ({}))

cases(rule, {
  passes: {
    'as much as fits': [
      object(HTTPRoute, 'cell/route', { hostnames: items(16), rules: items(16) }),
      object(Gateway, 'edge/kura', { listeners: items(64) }),
    ],
    'a route without hosts': object(HTTPRoute, 'edge/redirect', {}),
  },
  breaks: {
    'a seventeenth host': [
      object(HTTPRoute, 'cell/route', { hostnames: items(17) }),
      'route: spec.hostnames holds 17 items; write at most 16, and the others into another.',
    ],
    'one listener more': [
      object(Gateway, 'edge/kura', { listeners: items(65) }),
      'kura: spec.listeners holds 65 items; write at most 64, and the others into another.',
    ],
  },
})
