import { cloudguard, identity } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cloud-guard-on-root.ts'

const passwords = declared(identity.AuthenticationPolicy, 'passwords', {})
const guard = (status: string) => declared(cloudguard.CloudGuardConfiguration, 'guard', { status })
const target = (inputs: object = {}) =>
  declared(cloudguard.Target, 'target', {
    targetResourceId: 'ocid1.tenancy.oc1..example',
    targetDetectorRecipes: [{ detectorRecipeId: 'ocid1.cloudguarddetectorrecipe.oc1..example' }],
    targetResponderRecipes: UNKNOWN,
    ...inputs,
  })
const untargeted =
  'stack has no target of Cloud Guard that is the root and has recipes; write a cloudguard.Target with the tenancy as targetResourceId, targetDetectorRecipes and targetResponderRecipes.'

cases(rule, {
  passes: {
    'Cloud Guard over the root': [guard('ENABLED'), target()],
    'a stack that does not own the tenancy': declared(identity.Group, 'operators', {}),
  },
  breaks: {
    'Cloud Guard that is switched off': [
      [guard('DISABLED'), target()],
      'stack has no enabled Cloud Guard; write a CloudGuardConfiguration of the root with status "ENABLED".',
    ],
    'no Cloud Guard': [[passwords, target()], /^stack has no enabled Cloud Guard/],
    'no target': [guard('ENABLED'), untargeted],
    'a target that is a compartment': [
      [guard('ENABLED'), target({ targetResourceId: 'ocid1.compartment.oc1..example' })],
      untargeted,
    ],
    'a target without what to do': [[guard('ENABLED'), target({ targetResponderRecipes: undefined })], untargeted],
  },
})
