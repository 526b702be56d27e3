import { healthchecks } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { certifies, publicCertificates } from '../hosts.ts'
import { Certificate } from '../kinds.ts'

export default stackRule(
  {
    name: 'door-asked-from-outside',
    description: 'A host of every load balancer is asked from outside, by HTTPS, all the time.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura watched-outside'],
  },
  [Certificate, healthchecks.HttpMonitor],
  (stack, tell) => {
    const asked = stack
      .of(healthchecks.HttpMonitor)
      .filter(({ props: { protocol, isEnabled = true } }) => protocol === 'HTTPS' && isEnabled)
      .flatMap(({ props }) => props.targets)
    // A load balancer has one certificate.
    for (const certificate of publicCertificates(stack)) {
      const names = certificate.props.spec.dnsNames ?? []
      if (!asked.some((host) => names.some((name) => certifies(name, host))))
        tell(certificate, {
          lacks: 'check from outside',
          write: 'an HttpMonitor by HTTPS whose target is one of its names',
        })
    }
  },
)
