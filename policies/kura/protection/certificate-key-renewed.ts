import { resourceRule, setting } from '../../rule/index.ts'
import { Certificate } from '../kinds.ts'

export default resourceRule(
  {
    name: 'certificate-key-renewed',
    description: 'Every certificate is renewed by itself, early enough to notice that it was not, with a new key.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura secrets-rotated'],
    settings: {
      days: setting(30, {
        type: 'integer',
        minimum: 1,
        description: 'Days before its end at which a certificate is renewed: an alarm speaks ten days later.',
      }),
    },
  },
  Certificate,
  ({ spec }, tell, { settings }) => {
    const policy = spec.privateKey?.rotationPolicy
    if (policy !== 'Always') tell({ at: 'spec.privateKey.rotationPolicy', is: policy, write: '"Always"' })
    const [, hours = '0'] = /^(\d+)h/.exec(spec.renewBefore ?? '') ?? []
    if (Number(hours) < settings.days * 24)
      tell({ at: 'spec.renewBefore', is: spec.renewBefore, write: `at least "${settings.days * 24}h"` })
  },
)
