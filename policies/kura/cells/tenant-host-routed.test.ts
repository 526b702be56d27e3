import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './tenant-host-routed.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example', 'old.example'], aozora: ['aozora.example'] })
// biome-ignore lint/suspicious/noExplicitAny: the specification of a made-up route.
const route = (by: (spec: any) => void) => all(cell, { route: changed(cell.route, ({ spec }) => by(spec)) })

cases(rule, {
  passes: {
    'all hosts on a route': all(cell),
    'on two routes': [
      ...route(({ hostnames }) => hostnames.pop()),
      {
        ...changed(cell.route, ({ spec }) => {
          spec.hostnames = ['aozora.example']
        }),
        urn: 'another',
      },
    ],
  },
  breaks: {
    'a host that leads nowhere': [
      route(({ hostnames }) => hostnames.pop()),
      'kura-cell-nishi-configuration has no route for aozora.example; write it among the hostnames of an HTTPRoute in kura-cell-nishi.',
    ],
    "somebody else's host": [
      route(({ hostnames }) => hostnames.push('misaki.example')),
      'kura-cell-nishi-route-1: spec.hostnames holds misaki.example; write hosts of the institutions of the cell alone.',
    ],
    'a route that takes every host': [
      route((spec) => {
        delete spec.hostnames
      }),
      /no route for aozora/,
      /no route for yukimi/,
      /no route for old/,
      /holds every host/,
    ],
    'a route to another cell': [
      route(({ rules }) => {
        rules[0].backendRefs[0].namespace = 'kura-cell-kita'
      }),
      /no route for aozora/,
      /no route for yukimi/,
      /no route for old/,
    ],
    'a route that sends elsewhere': [
      route(({ rules }) => {
        rules[0] = { filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'misaki.example' } }] }
      }),
      /no route for aozora/,
      /no route for yukimi/,
      /no route for old/,
    ],
    'a route that leads to nothing': [route(({ rules }) => rules.pop()), /aozora/, /yukimi/, /old/],
    'a host that nobody knows yet': [route(({ hostnames }) => hostnames.push(UNKNOWN)), /^Could not be judged: /],
  },
})
