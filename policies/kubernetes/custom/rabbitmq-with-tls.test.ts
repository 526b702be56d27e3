import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { RABBITMQ } from '../operators.ts'
import rule from './rabbitmq-with-tls.ts'

const queue = (tls?: object) => declared(RABBITMQ, 'queue', { spec: { tls } })
const bare = 'queue: spec.tls.secretName is not set; write the name of a Secret with its certificate.'
const open = (is = 'not set') => `queue: spec.tls.disableNonTLSListeners is ${is}; write true.`

cases(rule, {
  passes: {
    'TLS alone': queue({ secretName: 'queue-tls', disableNonTLSListeners: true }),
    'a certificate whose name nobody knows yet': queue({ secretName: UNKNOWN, disableNonTLSListeners: true }),
  },
  breaks: {
    'no TLS': [queue(), bare, open()],
    'TLS beside what is none': [queue({ secretName: 'queue-tls' }), open()],
    'TLS beside what is none, in so many words': [
      queue({ secretName: 'queue-tls', disableNonTLSListeners: false }),
      open('false'),
    ],
    'a word that nobody knows yet': [
      queue({ secretName: 'queue-tls', disableNonTLSListeners: UNKNOWN }),
      'Could not be judged: queue: spec.tls.disableNonTLSListeners is not known before the deployment.',
    ],
  },
})
