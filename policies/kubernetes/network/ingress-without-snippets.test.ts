import { networking } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './ingress-without-snippets.ts'

const ingress = (annotations?: unknown) => declared(networking.v1.Ingress, 'door', { metadata: { annotations } })
const told = (key: string) =>
  `door: metadata.annotations["${key}"] holds a snippet; write annotations that say one thing each.`

cases(rule, {
  passes: {
    'no annotations': ingress(),
    'other annotations': ingress({ 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' }),
    'a value that nobody knows yet under another key': ingress({ 'cert-manager.io/issuer': UNKNOWN }),
  },
  breaks: {
    ...Object.fromEntries(
      [
        'nginx.ingress.kubernetes.io/server-snippet',
        'nginx.ingress.kubernetes.io/configuration-snippet',
        'nginx.ingress.kubernetes.io/auth-snippet',
        'nginx.org/location-snippets',
      ].map((key) => [key, [ingress({ [key]: 'lua_code_cache off;' }), told(key)]]),
    ),
    'a snippet that nobody knows yet': [
      ingress({ 'nginx.ingress.kubernetes.io/stream-snippet': UNKNOWN }),
      told('nginx.ingress.kubernetes.io/stream-snippet'),
    ],
    'annotations that nobody knows yet': [
      ingress(UNKNOWN),
      'Could not be judged: door: metadata.annotations is not known before the deployment.',
    ],
  },
})
