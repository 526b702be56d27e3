import { isSet } from '../../rule/index.ts'
import { valuesRule } from '../chart-values.ts'
import { imageOf, moves } from '../image.ts'

const WRITE = 'the tag of a version, or a digest'

export default valuesRule(
  {
    name: 'chart-image-exact',
    description: 'What a chart is given names images by versions.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV_K8S_14', 'Polaris tagNotSpecified', 'kube-score container-image-tag'],
  },
  (maps, tell) => {
    for (const { at, map } of maps) {
      for (const key of Object.keys(map).filter((one) => /image$/i.test(one))) {
        const value = map[key]
        if (typeof value === 'string' && value !== '' && moves(imageOf(value)))
          tell({ at: `${at}.${key}`, is: value, write: WRITE })
      }
      // In parts; without a tag, charts take that of their own version.
      if (!isSet(map, 'repository') || !isSet(map, 'tag') || isSet(map, 'digest')) continue
      const { tag } = map
      if (typeof tag === 'string' && moves({ name: '', tag })) tell({ at: `${at}.tag`, is: tag, write: WRITE })
    }
  },
)
