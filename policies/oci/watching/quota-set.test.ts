import { cloudguard, limits } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './quota-set.ts'

const guard = declared(cloudguard.CloudGuardConfiguration, 'guard', {})
const quota = (...statements: string[]) => declared(limits.Quota, 'most', { statements })
const lacking = 'stack has no quota; write a limits.Quota with statements such as "zero database quotas in tenancy".'

cases(rule, {
  passes: { 'a quota': [guard, quota('zero database quotas in tenancy')] },
  breaks: { 'no quota': [guard, lacking], 'a quota of nothing': [[guard, quota()], lacking] },
})
