import { connects } from '../../../infra/pods.ts'
import { databases } from '../../../test/support/connections.ts'
import { cellOf, pods } from '../../../test/support/declaration.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './postgresql-connections-suffice.ts'

// 4 of the cell, 96 past pgpool-II.
const clients = [
  cellOf('kita', 4, { aozora: 1 }),
  pods('web', { namespace: 'kura-cell-kita' }),
  pods('identity', { replicas: 2, annotations: connects(48) }),
]

cases(rule, {
  passes: {
    // A gigabyte of buffers, and ten for each of a hundred connections.
    'as many as there are': [...databases({ max: '100', memory: '2024Mi' }), ...clients],
    'a stack without PostgreSQL': clients,
  },
  breaks: {
    'one too many': [
      [...databases({ max: '99' }), ...clients],
      'postgresql: spec.postgresql.parameters.max_connections holds 99, and pods open 100; write "100" at least.',
    ],
    'too little memory for them': [
      [...databases({ memory: '2023Mi' }), ...clients],
      'postgresql: spec.resources.limits.memory holds 2023 MiB; shared buffers and 100 connections take 2024; write "2024Mi" at least, or fewer connections.',
    ],
    'a number that nobody knows yet': [[...databases({ max: UNKNOWN }), ...clients], /^Could not be judged: /],
  },
})
