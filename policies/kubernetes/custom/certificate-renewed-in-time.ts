import { resourceRule, setting } from '../../rule/index.ts'
import { CERTIFICATE, hoursOf } from '../certificates.ts'

/** What cert-manager asks for where nothing is said, and the share of it that is left at a renewal. */
const USUAL = '2160h'
const LEFT = 1 / 3

export default resourceRule(
  {
    name: 'certificate-renewed-in-time',
    description: 'Between the first try to renew a certificate and its end there is time to mend what fails.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Practice certificates'],
    settings: { days: setting(7, { type: 'number', minimum: 0, description: 'How many days are time enough.' }) },
  },
  CERTIFICATE,
  ({ spec }, tell, { settings: { days } }) => {
    const { duration = USUAL, renewBefore } = spec ?? {}
    const left = renewBefore === undefined ? hoursOf(duration) * LEFT : hoursOf(renewBefore)
    // What is no time breaks the rule, too.
    if (!(left >= days * 24 && left < hoursOf(duration)))
      tell({ at: 'spec.renewBefore', is: renewBefore, write: `at least ${days * 24}h, and less than ${duration}` })
  },
)
