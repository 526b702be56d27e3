import { resourceRule } from '../../rule/index.ts'
import { ISSUERS } from '../certificates.ts'

export default resourceRule(
  {
    name: 'issuer-verifies-authority',
    description: 'cert-manager knows with which authority it speaks.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Practice certificates'],
  },
  ISSUERS,
  ({ spec }, tell) => {
    const { server, skipTLSVerify } = spec?.acme ?? {}
    if (skipTLSVerify)
      tell({
        at: 'spec.acme.skipTLSVerify',
        is: skipTLSVerify,
        write: "caBundle with the authority's certificate instead",
      })
    if (server && !server.startsWith('https://'))
      tell({ at: 'spec.acme.server', is: server, write: 'an address with https' })
  },
)
