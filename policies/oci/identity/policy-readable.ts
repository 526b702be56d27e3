import { identity } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'
import { parseStatement } from '../statements.ts'

export default resourceRule(
  {
    name: 'policy-readable',
    description: "Every statement of a policy follows Oracle's grammar, so that it can be known what it allows.",
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP least-privilege'],
  },
  identity.Policy,
  ({ statements }, tell) => {
    for (const [index, text] of statements.entries())
      try {
        parseStatement(text)
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        const write = '"Allow <subject> to <verb> <resource type> in <location> where <conditions>"'
        tell({ at: `statements[${index}]`, holds: `${JSON.stringify(text)}, in which ${error.message}`, write })
      }
  },
)
