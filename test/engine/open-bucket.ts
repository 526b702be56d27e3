import * as pulumi from '@pulumi/pulumi'

/* The platform, with a bucket that whoever likes may read. */
pulumi.runtime.registerStackTransformation(({ name, props, opts }) => ({
  props: name === 'kura-storage-contents' ? { ...props, accessType: 'ObjectRead' } : props,
  opts,
}))

export const { institutions } = await import('../../infra/index.ts')
