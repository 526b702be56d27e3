import { podsOf, WORKLOADS } from '../../kubernetes/pods.ts'
import { stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'
import { imageOf } from '../images.ts'

export default stackRule(
  {
    name: 'cell-one-release',
    description: 'All processes of a cell are of one release of the application.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura cell-complete'],
  },
  WORKLOADS,
  (stack, tell) => {
    for (const { namespace } of cellsOf(stack)) {
      const images = within(stack, WORKLOADS, namespace).flatMap((workload) =>
        (podsOf(workload.resource)?.containers ?? [])
          .filter(({ container: { image = '' } }) => imageOf(image, '').repository.endsWith('/application'))
          .map(({ container, at }) => ({ workload, at: `${at}.image`, image: container.image })),
      )
      const [first] = images
      for (const { workload, at, image } of images)
        if (image !== first?.image)
          tell(workload, { at, is: image, write: `"${first?.image}", as ${first?.workload.name} has` })
    }
  },
)
