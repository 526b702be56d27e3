import { helm } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { isExact } from '../versions.ts'

export default resourceRule(
  {
    name: 'chart-version-exact',
    description: 'Every chart has an exact version.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura exact-versions'],
  },
  helm.v3.Release,
  ({ version }, tell) => {
    if (!isExact(version)) tell({ at: 'version', is: version, write: 'an exact one, such as "2.0.1"' })
  },
)
