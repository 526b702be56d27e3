import { setting, stackRule } from '../../rule/index.ts'
import { publicCertificates } from '../hosts.ts'
import { Certificate } from '../kinds.ts'

export default stackRule(
  {
    name: 'certificate-names-counted',
    description: "No certificate of a load balancer has more names than leave room below the authority's limit of 100.",
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura host-certificate'],
    settings: {
      names: setting(91, {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        description: "Names that a certificate has at most: 90 of institutions, and the load balancer's own.",
      }),
    },
  },
  Certificate,
  (stack, tell, { settings }) => {
    for (const certificate of publicCertificates(stack)) {
      const { length } = certificate.props.spec.dnsNames ?? []
      if (length > settings.names)
        tell(certificate, {
          at: 'spec.dnsNames',
          holds: `${length} names`,
          write: `at most ${settings.names}, and the others into the certificate of another load balancer`,
        })
    }
  },
)
