import { core } from '@pulumi/kubernetes'
import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './tenant-backed-up.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'], 'kita-no': ['kita-no.example'] })
const list = (databases: string) => declared(core.v1.ConfigMap, 'lists', { data: { databases } })
const OURS = 'yukimi kura_yukimi\nkita-no kura_kita_no\n'
const purged = all(cell, {
  configuration: changed(cell.configuration, ({ data }) => {
    data['tenant.yukimi.json'] = JSON.stringify({ id: 'yukimi', cell: 'nishi', hosts: [], purge: '2027-04-01' })
  }),
})

cases(rule, {
  passes: {
    'a list of all, and of the platform itself': [...all(cell), list(`${OURS}_control kura\n`)],
    'one without an institution that is to be purged': [...purged, list('kita-no kura_kita_no\n')],
  },
  breaks: {
    'an institution that nobody dumps': [
      [...all(cell), list('kita-no kura_kita_no\n')],
      'lists has no line for yukimi; write "yukimi kura_yukimi" into data.databases.',
    ],
    'the database of another': [
      [...all(cell), list('yukimi kura_kita_no\nkita-no kura_kita_no\n')],
      /^lists has no line for yukimi/,
      'lists: data.databases holds "yukimi kura_kita_no", which no cell serves; write institutions of cells alone.',
    ],
    'an institution that is gone': [
      [...all(cell), list(`${OURS}aozora kura_aozora\n`)],
      /"aozora kura_aozora", which no/,
    ],
    'no list': [all(cell), /^kura-cell-nishi-configuration has no line for kita-no/, /no line for yukimi/],
    'a list that nobody knows yet': [[...all(cell), list(UNKNOWN)], /^Could not be judged: /],
  },
})
