import { cloudguard, identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './default-tags.ts'

const guard = declared(cloudguard.CloudGuardConfiguration, 'guard', {})

cases(rule, {
  config: { stacks: ['owner'] },
  passes: {
    'a default tag': [guard, declared(identity.TagDefault, 'environment', {})],
    'a stack that does not own the tenancy': declared(identity.Group, 'operators', {}),
  },
  breaks: {
    'a stack with Cloud Guard and no default tag': [
      guard,
      'stack has no default tag; write an identity.TagDefault, such as the environment.',
    ],
    'a stack with the password policy': [
      declared(identity.AuthenticationPolicy, 'passwords', {}),
      /has no default tag/,
    ],
    'a stack that the configuration names': [
      declared(
        'pulumi:pulumi:Stack',
        'project-owner',
        {},
        { urn: 'urn:pulumi:owner::project::pulumi:pulumi:Stack::project-owner' },
      ),
      'project-owner has no default tag; write an identity.TagDefault, such as the environment.',
    ],
  },
})
