import { certificatesmanagement, loadbalancer, monitoring } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'

const CERTIFICATES = [certificatesmanagement.Certificate, loadbalancer.Certificate]

export default stackRule(
  {
    name: 'certificate-end-alarmed',
    description: 'An alarm goes off before a certificate ends.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP certificates'],
    settings: {
      metric: setting('certificate', {
        type: 'string',
        description: 'What the query of such an alarm has in it, in any case.',
      }),
    },
  },
  CERTIFICATES,
  (stack, tell, { settings: { metric } }) => {
    const [certificate] = CERTIFICATES.flatMap((kind) => stack.of<typeof kind>(kind))
    const alarmed = stack
      .of(monitoring.Alarm)
      .some(({ props: { isEnabled, query } }) => isEnabled && query.toLowerCase().includes(metric.toLowerCase()))
    if (certificate && !alarmed)
      tell(certificate, {
        lacks: 'alarm before its end',
        write: `an enabled monitoring.Alarm on a metric of days left, whose query has "${metric}" in it`,
      })
  },
)
