import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { deployment } from '../../test/support/workloads.ts'
import { imageOf, imagesOf, moves } from './image.ts'
import { type Pods, podsOf } from './pods.ts'

const AT = 'spec.template.spec'
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`

describe('imageOf', () => {
  it.each([
    ['nginx', { name: 'nginx' }],
    ['nginx:1.29', { name: 'nginx', tag: '1.29' }],
    ['registry.example:5000/shop/web', { name: 'registry.example:5000/shop/web' }],
    ['registry.example:5000/shop/web:1', { name: 'registry.example:5000/shop/web', tag: '1' }],
    [`web@${DIGEST}`, { name: 'web', digest: DIGEST }],
    [`web:1@${DIGEST}`, { name: 'web', tag: '1', digest: DIGEST }],
    ['web:', { name: 'web' }],
    ['', { name: '' }],
  ])('reads %s', (reference, image) => expect(imageOf(reference)).toEqual(image))

  it('is the inverse of putting a reference together', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/)
    const registry = fc.option(fc.tuple(word, fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined })), {
      nil: undefined,
    })
    const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,8}$/), { nil: undefined })
    const digest = fc.option(fc.constant(DIGEST), { nil: undefined })
    fc.assert(
      fc.property(registry, fc.array(word, { minLength: 1, maxLength: 3 }), tag, digest, (host, path, tag, digest) => {
        const registry = host ? [host[1] === undefined ? host[0] : `${host[0]}:${host[1]}`] : []
        const name = [...registry, ...path].join('/')
        const reference = `${name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`
        expect(imageOf(reference)).toEqual({ name, ...(tag && { tag }), ...(digest && { digest }) })
      }),
    )
  })
})

it.each([
  ['web', true],
  ['registry.example:5000/web', true],
  ['web:latest', true],
  ['web:Latest', true],
  ['web:main', true],
  ['web:1.2.3', false],
  ['web:latest-1.2', true],
  ['redis:stable-alpine3.22', true],
  ['web:edge.2', true],
  ['nginx:alpine', true],
  ['nginx:mainline', true],
  ['node:22', false],
  ['node:22-alpine', false],
  ['web:latest2', false],
  ['web:v1', false],
  [`web:latest@${DIGEST}`, false],
  [`web@${DIGEST}`, false],
])('%s moves: %s', (reference, moving) => expect(moves(imageOf(reference))).toBe(moving))

it('imagesOf finds the images of containers of every stage and of volumes', () => {
  const { type, inputs } = deployment({
    containers: [{ image: 'app:1', imagePullPolicy: 'Always' }, {}],
    initContainers: [{ image: 'first:1' }],
    ephemeralContainers: [{ image: 'debug:1' }],
    volumes: [
      { name: 'tmp', emptyDir: {} },
      { name: 'model', image: { reference: 'model:1', pullPolicy: 'Never' } },
    ],
  })
  const pods = podsOf({ type, props: inputs } as never) as Pods
  expect(imagesOf(pods).map(({ image, at, pull }) => [image, at, pull.policy, pull.at])).toEqual([
    ['first:1', `${AT}.initContainers[0].image`, undefined, `${AT}.initContainers[0].imagePullPolicy`],
    ['app:1', `${AT}.containers[0].image`, 'Always', `${AT}.containers[0].imagePullPolicy`],
    ['', `${AT}.containers[1].image`, undefined, `${AT}.containers[1].imagePullPolicy`],
    ['debug:1', `${AT}.ephemeralContainers[0].image`, undefined, `${AT}.ephemeralContainers[0].imagePullPolicy`],
    ['model:1', `${AT}.volumes[1].image.reference`, 'Never', `${AT}.volumes[1].image.pullPolicy`],
  ])
})
