import { networking } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases } from '../../../test/support/rule.ts'
import { Gateway, HTTPRoute } from '../kinds.ts'
import rule from './plain-http-redirects.ts'

const around = [
  object(networking.v1.IngressClass, '/door', { controller: 'oci.oraclecloud.com/native-ingress-controller' }),
  object(Gateway, 'edge/kura', {
    listeners: [
      { name: 'web', port: 10080 },
      { name: 'redirect', port: 10081 },
    ],
  }),
]
const route = (scheme: string, parent: object, place = 'edge/redirect') =>
  object(HTTPRoute, place, {
    parentRefs: [parent],
    rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme } }] }],
  })
const redirect = route('https', { name: 'kura', sectionName: 'redirect' })
const web = object(HTTPRoute, 'cell/web', {
  parentRefs: [{ name: 'kura', namespace: 'edge', sectionName: 'web' }],
  rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
})
const ingress = (port: number, protocol = 'http') =>
  object(
    networking.v1.Ingress,
    'edge/plain',
    {
      ingressClassName: 'door',
      rules: [{ http: { paths: [{ backend: { service: { name: 'kura', port: { number: port } } } }] } }],
    },
    { annotations: { [`oci-native-ingress.oraclecloud.com/${protocol}-listener-port`]: '80' } },
  )
const told = (port: number) =>
  `plain: spec.rules holds a way to kura:${port} by plain HTTP; write the port of a listener whose routes all redirect to https.`

cases(rule, {
  passes: {
    'a listener that redirects': [...around, redirect, web, ingress(10081)],
    'a listener that answers, by HTTPS': [...around, redirect, web, ingress(10080, 'https')],
  },
  breaks: {
    'a listener that answers': [[...around, redirect, web, ingress(10080)], told(10080)],
    'a listener without routes': [[...around, web, ingress(10081)], told(10081)],
    'a port that is none': [[...around, redirect, ingress(80)], told(80)],
    'a redirection to plain HTTP': [
      [...around, route('http', { name: 'kura', sectionName: 'redirect' }), ingress(10081)],
      told(10081),
    ],
    'a route at all listeners that answers': [
      [
        ...around,
        redirect,
        object(HTTPRoute, 'edge/all', { parentRefs: [{ name: 'kura' }], rules: [{}] }),
        ingress(10081),
      ],
      told(10081),
    ],
  },
})
