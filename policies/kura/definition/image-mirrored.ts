import { helm } from '@pulumi/kubernetes'
import { artifacts } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { imagesOf } from '../images.ts'

export default stackRule(
  {
    name: 'image-mirrored',
    description: 'Every image comes from a repository of our registry that the stack declares.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura image-pinned'],
  },
  artifacts.ContainerRepository,
  (stack, tell) => {
    // Below the host of a region and the name of the tenancy.
    const ours = stack.of(artifacts.ContainerRepository).map(({ props }) => `/${props.displayName}`)
    for (const resource of stack.resources) {
      const images = imagesOf(resource)
      for (const { repository, at } of images)
        if (!(/^[a-z0-9-]+\.ocir\.io\//.test(repository) && ours.some((end) => repository.endsWith(end))))
          tell(resource, { at, is: repository, write: 'a repository of the registry (infra/images.ts mirrors it)' })
    }
    for (const chart of stack.of(helm.v3.Release))
      if (imagesOf(chart.resource).length === 0)
        tell(chart, { lacks: 'image among its values, so it takes its makers’', write: 'the mirrored one' })
  },
)
