import { describe, expect, it } from 'vitest'
import { container, cronJob, deployment, pod } from '../../test/support/workloads.ts'
import type { CapturedResource } from '../../tools/evaluate/index.ts'
import { listeningOf } from './listening.ts'
import { type Pods, podsOf } from './pods.ts'

const pathsOf = ({ type, inputs }: CapturedResource) =>
  listeningOf(podsOf({ type, props: inputs } as never) as Pods).map(({ at }) => at)
const ports = [{ containerPort: 8080 }]

describe('listeningOf', () => {
  it('finds containers with a port', () => {
    expect(pathsOf(deployment({ containers: [{ ports }, { ports: [] }, {}] }))).toEqual([
      'spec.template.spec.containers[0]',
    ])
  })

  it('finds sidecars, but no other init container', () => {
    expect(pathsOf(deployment({ initContainers: [{ ports }, { ports, restartPolicy: 'Always' }] }))).toEqual([
      'spec.template.spec.initContainers[1]',
    ])
  })

  it.each([
    ['ephemeral containers', deployment({ ephemeralContainers: [{ ports }] })],
    ['jobs', cronJob({ containers: [{ ports }], restartPolicy: 'Never' })],
    ['sidecars of jobs', cronJob({ initContainers: [{ ports, restartPolicy: 'Always' }] })],
    ['a Pod that ends', pod({ containers: [{ ports }], restartPolicy: 'OnFailure' })],
  ])('leaves out %s', (_what, resource) => expect(pathsOf(resource)).toEqual([]))

  it('takes a Pod for one that stays', () => {
    expect(pathsOf(pod({ containers: [{ ports }] }))).toEqual(['spec.containers[0]'])
    expect(pathsOf(container({ ports }, { restartPolicy: 'Always' }))).toHaveLength(1)
  })
})
