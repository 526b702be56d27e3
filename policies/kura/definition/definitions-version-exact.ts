import { yaml } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { isExact } from '../versions.ts'

export default resourceRule(
  {
    name: 'definitions-version-exact',
    description: "Others' manifests are fetched from an address with an exact version, never from a branch.",
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura exact-versions'],
  },
  yaml.v2.ConfigFile,
  ({ file }, tell) => {
    if (!file.split('/').some(isExact))
      tell({ at: 'file', is: file, write: 'an address with the version of a release' })
  },
)
