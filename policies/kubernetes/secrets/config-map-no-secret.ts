import { core } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { holdsSecret, secretIn, secretSettingIn } from '../sensitive.ts'

/** Files that are programs: what they assign is an expression. */
const PROGRAM = /\.(sh|bash|py|js|mjs|cjs|ts|lua|sql|rb|pl|php|go|java)$/

export default resourceRule(
  {
    name: 'config-map-no-secret',
    description: 'No password, key or token stands in a ConfigMap, which everybody in its namespace may read.',
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0012', 'Polaris sensitiveConfigmapContent'],
  },
  core.v1.ConfigMap,
  ({ data = {}, binaryData = {} }, tell) => {
    const write = 'it into a Secret'
    for (const [key, text] of Object.entries(data)) {
      const setting = PROGRAM.test(key) ? undefined : secretSettingIn(text)
      const secret =
        secretIn(text) ??
        (holdsSecret(key, text) ? 'a secret by its name' : undefined) ??
        (setting && `the value of ${setting}`)
      if (secret) tell({ at: `data["${key}"]`, holds: secret, write })
    }
    for (const [key, encoded] of Object.entries(binaryData)) {
      const secret = secretIn(Buffer.from(encoded, 'base64').toString('latin1'))
      if (secret) tell({ at: `binaryData["${key}"]`, holds: secret, write })
    }
  },
)
