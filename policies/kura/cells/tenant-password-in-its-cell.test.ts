import { RandomPassword } from '@pulumi/random'
import { all, cellOf, passwordOf, passwords } from '../../../test/support/cell.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './tenant-password-in-its-cell.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })
const known = [passwords, ...['yukimi', 'aozora'].map(passwordOf), declared(RandomPassword, 'kura-data-redis')]
const secret = (...from: string[]) => {
  const inputs = { metadata: { name: 'secrets', namespace: 'kura-cell-nishi' }, stringData: UNKNOWN }
  const linked = { stringData: known.filter(({ name }) => from.includes(name)) }
  return [...known, ...all(cell, { secret: declared('kubernetes:core/v1:Secret', 'secrets', inputs, { linked }) })]
}

cases(rule, {
  passes: {
    'the passwords of its institutions, which nobody knows yet, and of services': secret(
      'kura-passwords-yukimi',
      'kura-data-redis',
    ),
  },
  breaks: {
    'a password that is missing': [
      secret('kura-data-redis'),
      'kura-cell-nishi has no password of yukimi; write tenant.yukimi into its Secret.',
    ],
    'the password of another cell': [
      secret('kura-passwords-yukimi', 'kura-passwords-aozora'),
      'secrets: stringData holds the password of aozora; write those of yukimi alone.',
    ],
    'no Secret': [[...known, ...all(cell, { secret: undefined })], /^kura-cell-nishi has no password of yukimi/],
  },
})
