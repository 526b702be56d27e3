import { all, cellOf } from '../../../test/support/cell.ts'
import { cases } from '../../../test/support/rule.ts'
import rule from './tenant-host-own.ts'

const kita = (...hosts: string[]) => all(cellOf('kita', { aozora: hosts }))
const nishi = all(cellOf('nishi', { yukimi: ['yukimi.example'], suzukake: ['suzukake.example'] }))

cases(rule, {
  passes: {
    'hosts of their own': [...kita('aozora.example', 'www.aozora.example'), ...nishi],
    'a host that an institution names twice': kita('aozora.example', 'aozora.example'),
  },
  breaks: {
    'a host of two, in two cells': [
      [...kita('aozora.example', 'yukimi.example'), ...nishi],
      'kura-cell-kita-configuration: data["tenant.aozora.json"].hosts holds yukimi.example, which yukimi has too; write hosts of its own.',
      'kura-cell-nishi-configuration: data["tenant.yukimi.json"].hosts holds yukimi.example, which aozora has too; write hosts of its own.',
    ],
    'one written otherwise': [[...kita('Yukimi.example'), ...nishi], /holds yukimi\.example/, /holds yukimi\.example/],
    'one of two in a cell': [
      all(cellOf('kita', { aozora: ['a.example'], misaki: ['a.example'] })),
      /which misaki has too/,
      /which aozora has too/,
    ],
  },
})
