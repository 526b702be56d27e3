import { resourceRule, setting } from '../../rule/index.ts'
import { CERTIFICATE } from '../certificates.ts'

export default resourceRule(
  {
    name: 'certificate-key-strong',
    description: 'The key of a certificate is long enough.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Practice certificates'],
    settings: {
      rsa: setting(2048, { type: 'integer', minimum: 2048, description: 'Fewest bits of an RSA key.' }),
      ecdsa: setting(256, { type: 'integer', minimum: 256, description: 'Fewest bits of an ECDSA key.' }),
    },
  },
  CERTIFICATE,
  ({ spec }, tell, { settings: { rsa, ecdsa } }) => {
    const { algorithm = 'RSA', size } = spec?.privateKey ?? {}
    if (algorithm === 'Ed25519') return
    const [usual, least] = algorithm === 'ECDSA' ? [256, ecdsa] : [2048, rsa]
    if ((size ?? usual) < least) tell({ at: 'spec.privateKey.size', is: size, write: `${least} or more` })
  },
)
