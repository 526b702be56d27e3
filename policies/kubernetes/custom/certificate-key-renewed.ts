import { resourceRule } from '../../rule/index.ts'
import { CERTIFICATE } from '../certificates.ts'

export default resourceRule(
  {
    name: 'certificate-key-renewed',
    description: 'A renewed certificate has a new key.',
    severity: 'low',
    level: 'advisory',
    serves: ['Practice certificates'],
  },
  CERTIFICATE,
  ({ spec }, tell) => {
    const { rotationPolicy } = spec?.privateKey ?? {}
    // Before version 1.18, cert-manager keeps the key where nothing is said.
    if (rotationPolicy !== 'Always')
      tell({ at: 'spec.privateKey.rotationPolicy', is: rotationPolicy, write: '"Always"' })
  },
)
