import { kms } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './key-rotates.ts'

const key = (inputs: object = {}) => declared(kms.Key, 'volumes', { ...inputs })
const each = (rotationIntervalInDays?: number | string) =>
  key({ isAutoRotationEnabled: true, autoKeyRotationDetails: { rotationIntervalInDays } })
const byHand = 'write true, or rotate it by hand and name the day of the next rotation in an exception'

cases(rule, {
  passes: {
    'a rotation of which nothing more is said': key({ isAutoRotationEnabled: true }),
    'a rotation each year': each(365),
    'a rotation every two months': each(60),
  },
  breaks: {
    'no rotation': [key(), `volumes: isAutoRotationEnabled is not set; ${byHand}.`],
    'a rotation that is switched off': [
      key({ isAutoRotationEnabled: false, autoKeyRotationDetails: { rotationIntervalInDays: 90 } }),
      `volumes: isAutoRotationEnabled is false; ${byHand}.`,
    ],
    'a rotation a day later than each year': [
      each(366),
      'volumes: autoKeyRotationDetails.rotationIntervalInDays is 366; write 365 or less.',
    ],
    'an interval that nobody knows yet': [
      each(UNKNOWN),
      'Could not be judged: volumes: autoKeyRotationDetails.rotationIntervalInDays is not known before the deployment.',
    ],
  },
})
