import { helm } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

/** A version as Semantic Versioning has it; a range, `1.x` or none may be another one tomorrow. */
const EXACT = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/

export default resourceRule(
  {
    name: 'chart-version-exact',
    description: 'A chart is installed at one version, today and tomorrow.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Practice exact-versions'],
  },
  helm.v3.Release,
  ({ chart, version }, tell) => {
    // A chart that lies beside the program has its version in its own file.
    const local = chart.startsWith('.') || chart.startsWith('/')
    if (!local && !EXACT.test(version ?? ''))
      tell({ at: 'version', is: version, write: 'the version, such as "1.2.3"' })
  },
)
