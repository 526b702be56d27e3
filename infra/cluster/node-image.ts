import { getNodePoolOption } from '@pulumi/oci/containerengine/index.js'
import type * as pulumi from '@pulumi/pulumi'
import { type Settings, wrongSetting } from '../settings.ts'

/**
 * The region's identifier for the image that nodes run.
 *
 * @throws pulumi.RunError if the region does not offer it; the message names those that it does.
 */
export async function findNodeImage(
  { compartment, kubernetes }: Pick<Settings, 'compartment' | 'kubernetes'>,
  options: pulumi.InvokeOptions,
): Promise<string> {
  const { sources } = await getNodePoolOption(
    { compartmentId: compartment, nodePoolOptionId: 'all', nodePoolK8sVersion: kubernetes.version },
    options,
  )
  const source = sources.find(({ sourceName }) => sourceName === kubernetes.nodeImage)
  if (source) return source.imageId
  const offered = sources.map(({ sourceName }) => `\n  ${sourceName}`).join('')
  throw wrongSetting(
    'kubernetes.nodeImage',
    `${kubernetes.nodeImage} is not offered here; allowed:${offered || ' none'}`,
  )
}
