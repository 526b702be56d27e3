import { core } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './resource-tagged.ts'

const OURS = { project: 'project', environment: 'stack', component: 'kura-network' }
const vcn = (freeformTags?: Record<string, string>) => declared(core.Vcn, 'net', { freeformTags })

cases(rule, {
  passes: {
    'a resource with all tags': vcn({ ...OURS, more: 'of somebody' }),
    'one that takes none': declared(core.NetworkSecurityGroupSecurityRule, 'rule'),
    'what is not of Oracle': declared('kubernetes:core/v1:Secret', 'secret'),
  },
  breaks: {
    'no tags': [vcn(), /project is not set; write "project"/, /environment/, /component/],
    'another environment': [
      vcn({ ...OURS, environment: 'dev' }),
      'net: freeformTags.environment is "dev"; write "stack".',
    ],
    'an empty component': [
      vcn({ ...OURS, component: '' }),
      'net: freeformTags.component is not set; write the name of its component (this.tags).',
    ],
  },
})
