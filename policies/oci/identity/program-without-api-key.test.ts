import { identity } from '@pulumi/oci'
import { cases, declared, secret } from '../../../test/support/rule.ts'
import rule from './program-without-api-key.ts'

cases(rule, {
  passes: { 'a dynamic group': declared(identity.DynamicGroup, 'runners', {}) },
  breaks: {
    'a key': [
      declared(identity.ApiKey, 'key', { keyValue: secret('-----BEGIN PUBLIC KEY-----') }),
      'key: keyValue holds a key that never ends; write a dynamic group or a condition on request.principal, and no key.',
    ],
    'a key of a domain': [
      declared(identity.DomainsApiKey, 'key', { key: secret('-----BEGIN PUBLIC KEY-----') }),
      /^key: key holds a key that never ends/,
    ],
  },
})
