import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { imageOf, imagesOf } from './images.ts'

const found = (props: Record<string, unknown>, type = 'kubernetes:apps/v1:Deployment') =>
  imagesOf({ type, props }).map(({ repository, tag, digest, at }) => [at, repository, tag, digest])

test('finds the images of all containers, with their paths', () => {
  const containers = { initContainers: [{ image: 'r.example/a:1.0.0' }], containers: [{ image: 'r.example/b' }] }
  expect(found({ spec: { template: { spec: containers } } })).toEqual([
    ['spec.template.spec.initContainers[0].image', 'r.example/a', '1.0.0', undefined],
    ['spec.template.spec.containers[0].image', 'r.example/b', undefined, undefined],
  ])
})

test('finds those of custom resources and of charts, as a text and in parts', () => {
  expect(found({ spec: { dockerImage: 'r.example/spilo:4.1-p2' } })).toEqual([
    ['spec.dockerImage', 'r.example/spilo', '4.1-p2', undefined],
  ])
  const values = {
    image: { registry: 'r.example', repository: 'operator', tag: 'v2.0.1' },
    config: { docker_image: 'r.example/spilo:4.1-p2' },
    other: { image: { repository: 'r.example/other', digest: 'sha256:12', pullPolicy: 'Always' } },
    global: { images: { gateway: { image: 'r.example/gateway:v1.9.2' } } },
  }
  expect(found({ values }, 'kubernetes:helm.sh/v3:Release')).toEqual([
    ['values.image', 'r.example/operator', 'v2.0.1', undefined],
    ['values.config.docker_image', 'r.example/spilo', '4.1-p2', undefined],
    ['values.other.image', 'r.example/other', undefined, 'sha256:12'],
    ['values.global.images.gateway.image', 'r.example/gateway', 'v1.9.2', undefined],
  ])
})

test('takes no file for an image, and nothing outside the cluster', () => {
  expect(found({ data: { image: 'text' } }, 'kubernetes:core/v1:ConfigMap')).toEqual([])
  expect(found({ image: 'text' }, 'oci:Core/instance:Instance')).toEqual([])
  expect(found({ imagePullPolicy: 'Always', imagePullSecrets: [{ name: 'x' }] })).toEqual([])
})

test('takes an image apart, also where the registry has a port', () => {
  expect(imageOf('localhost:5000/a/b', 'x')).toMatchObject({ repository: 'localhost:5000/a/b', tag: undefined })
  const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
  const digest = fc.option(fc.stringMatching(/^sha256:[0-9a-f]{8}$/), { nil: undefined })
  const port = fc.constantFrom('', ':5000')
  fc.assert(
    fc.property(word, port, word, fc.option(word, { nil: undefined }), digest, (host, at, name, tag, sum) => {
      const repository = `${host}${at}/${name}`
      const text = `${repository}${tag === undefined ? '' : `:${tag}`}${sum === undefined ? '' : `@${sum}`}`
      expect(imageOf(text, 'x')).toEqual({ repository, tag, digest: sum, at: 'x' })
    }),
  )
})
