import { dns } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { isWithin, publicCertificates } from '../hosts.ts'
import { Certificate } from '../kinds.ts'

/** X.509 allows a common name no more characters. */
const LONGEST = 64

export default stackRule(
  {
    name: 'certificate-common-name-kept',
    description:
      "A load balancer's certificate has a name of our own zone as its common name, because Oracle serves on the old certificate once the common name changes.",
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura host-certificate'],
  },
  Certificate,
  (stack, tell) => {
    const zones = stack.of(dns.Zone).map(({ props }) => props.name ?? '')
    for (const certificate of publicCertificates(stack)) {
      const { commonName = '', dnsNames = [] } = certificate.props.spec
      const write = (what: string) => ({ at: 'spec.commonName', is: commonName, write: what })
      if (!zones.some((zone) => isWithin(zone, commonName))) tell(certificate, write('a name of our own zone'))
      else if (commonName !== dnsNames[0]) tell(certificate, write('the first of dnsNames'))
      else if (commonName.length > LONGEST) tell(certificate, write(`a name of at most ${LONGEST} characters`))
    }
  },
)
