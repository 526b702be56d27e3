import { RandomPassword } from '@pulumi/random'
import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './password-has-generation.ts'

const password = (keepers: unknown) =>
  declared(RandomPassword, 'password', { keepers, result: secret('a password of ours') })
const told = 'password: keepers.generation is not set; write the number of a setting, such as kura:cells.passwords.'

cases(rule, {
  passes: { 'a password with one': password({ generation: '1' }) },
  breaks: {
    'one without keepers': [password(undefined), told],
    'one that another thing keeps': [password({ name: 'a' }), told],
    'what nobody knows yet': [password(UNKNOWN), /^Could not be judged: password: keepers/],
  },
})
