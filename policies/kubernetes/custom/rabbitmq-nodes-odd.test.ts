import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { RABBITMQ } from '../operators.ts'
import rule from './rabbitmq-nodes-odd.ts'

const queue = (replicas?: unknown) => declared(RABBITMQ, 'queue', { spec: { replicas } })
const told = (is: number) => `queue: spec.replicas is ${is}; write an odd number from 3 on.`

cases(rule, {
  passes: { 'three nodes': queue(3), 'five nodes': queue(5) },
  breaks: {
    'no number, which is one': [queue(), told(1)],
    'two nodes, of which both must be there': [queue(2), told(2)],
    'four nodes, which bear no more than three': [queue(4), told(4)],
    'no specification': [declared(RABBITMQ, 'queue', {}), told(1)],
    'a number that nobody knows yet': [
      queue(UNKNOWN),
      'Could not be judged: queue: spec.replicas is not known before the deployment.',
    ],
  },
})
