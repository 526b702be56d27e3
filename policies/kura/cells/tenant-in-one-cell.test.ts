import { all, cellOf, changed, passwordOf, passwords } from '../../../test/support/cell.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './tenant-in-one-cell.ts'

const kita = cellOf('kita', { aozora: ['aozora.example'] })
const nishi = cellOf('nishi', { yukimi: ['yukimi.example'] })
const configured = (by: (data: Record<string, string>) => void) =>
  all(nishi, { configuration: changed(nishi.configuration, ({ data }) => by(data)) })

cases(rule, {
  passes: {
    'an institution in each of two cells': [
      passwords,
      ...['aozora', 'yukimi'].map(passwordOf),
      ...all(kita),
      ...all(nishi),
    ],
    "passwords of something else's": declared('random:index/randomPassword:RandomPassword', 'kura-data-redis-password'),
    'files that nobody knows yet': configured((data) => {
      data['authority.crt'] = UNKNOWN
    }),
  },
  breaks: {
    'one in two cells': [
      [...all(kita), ...all(cellOf('nishi', { aozora: ['aozora.example'] }))],
      'kura-cell-kita-configuration: data["tenant.aozora.json"] holds an institution of kura-cell-nishi too; write it in one cell.',
      'kura-cell-nishi-configuration: data["tenant.aozora.json"] holds an institution of kura-cell-kita too; write it in one cell.',
    ],
    'one in another cell than it says': [
      configured((data) => {
        data['tenant.yukimi.json'] = JSON.stringify({ id: 'yukimi', cell: 'kita', hosts: [] })
      }),
      'kura-cell-nishi-configuration: data["tenant.yukimi.json"].cell is "kita"; write "nishi", or it in its cell.',
    ],
    'one that no cell serves': [
      [passwords, passwordOf('misaki'), ...all(kita)],
      'kura-passwords-misaki has no cell that serves its institution; write tenant.misaki.json in the configuration of one.',
    ],
    'a configuration that nobody knows yet': [
      configured((data) => {
        data['tenant.yukimi.json'] = UNKNOWN
      }),
      /^Could not be judged: /,
    ],
  },
})
