import { core } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases } from '../../../test/support/rule.ts'
import { Gateway, HTTPRoute } from '../kinds.ts'
import rule from './route-accepted.ts'

const gateway = (namespaces?: object) =>
  object(Gateway, 'edge/kura', { listeners: [{ name: 'web', port: 80, allowedRoutes: { namespaces } }] })
const selecting = (selector: object) => gateway({ from: 'Selector', selector })
const expression = (operator: string, ...values: string[]) =>
  selecting({ matchExpressions: [{ key: 'kura/cell', operator, values }] })
const cell = object(core.v1.Namespace, '/cell', {}, { labels: { 'kura/cell': 'kita' } })
const route = (place = 'cell/route', sectionName?: string) =>
  object(HTTPRoute, place, { parentRefs: [{ name: 'kura', namespace: 'edge', sectionName }] })
const refused =
  'route: spec.parentRefs[0] holds a listener that takes no routes of cell; write another, or let its allowedRoutes match the labels of the namespace.'

cases(rule, {
  passes: {
    'a listener that takes all': [gateway({ from: 'All' }), route('cell/route', 'web')],
    'a listener of its own namespace': [gateway(), route('edge/route')],
    'a label of the namespace': [selecting({ matchLabels: { 'kura/cell': 'kita' } }), cell, route()],
    'a label that is there': [expression('Exists'), cell, route()],
    'one of several values': [expression('In', 'minami', 'kita'), cell, route()],
    'none of several values': [expression('NotIn', 'minami'), cell, route()],
  },
  breaks: {
    'a listener that there is not': [
      [gateway({ from: 'All' }), route('cell/route', 'wbe')],
      'route: spec.parentRefs[0] holds edge/kura wbe; write a listener of a Gateway that is declared.',
    ],
    'a Gateway that there is not': [
      route(),
      'route: spec.parentRefs[0] holds edge/kura; write a listener of a Gateway that is declared.',
    ],
    'a listener for its own namespace': [[gateway(), cell, route()], refused],
    'another label': [[selecting({ matchLabels: { 'kura/cell': 'minami' } }), cell, route()], refused],
    'a label that must not be there': [[expression('DoesNotExist'), cell, route()], refused],
    'a value that must not be': [[expression('NotIn', 'kita'), cell, route()], refused],
    'a namespace that is not declared': [[expression('Exists'), route()], refused],
  },
})
