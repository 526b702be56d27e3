import { describe, expect, it } from 'vitest'
import { deployment } from '../../test/support/workloads.ts'
import { type Pods, podsOf } from './pods.ts'
import { onWindows, settingsOf } from './security-context.ts'

const podsWith = (spec: object) => {
  const { type, inputs } = deployment(spec)
  return podsOf({ type, props: inputs } as never) as Pods
}
const users = (spec: object) => settingsOf(podsWith(spec), 'runAsUser', ({ runAsUser }) => runAsUser)
const AT = 'spec.template.spec'

describe('settingsOf', () => {
  it("has the pod's own value and those of containers of every stage", () => {
    const of = (runAsUser: number) => ({ name: 'one', securityContext: { runAsUser } })
    expect(
      users({
        securityContext: { runAsUser: 1 },
        containers: [of(2), { name: 'silent' }],
        initContainers: [of(3)],
        ephemeralContainers: [of(0)],
      }),
    ).toEqual([
      { value: 1, at: `${AT}.securityContext.runAsUser` },
      { value: 3, at: `${AT}.initContainers[0].securityContext.runAsUser` },
      { value: 2, at: `${AT}.containers[0].securityContext.runAsUser` },
      { value: 0, at: `${AT}.ephemeralContainers[0].securityContext.runAsUser` },
    ])
  })

  it('says that the pod has none where a container relies on it', () => {
    const none = [{ value: undefined, at: `${AT}.securityContext.runAsUser` }]
    expect(users({ containers: [{ name: 'silent' }] })).toEqual(none)
    expect(users({ securityContext: { runAsUser: null }, containers: [{ name: 'silent' }] })).toEqual(none)
  })

  it('leaves the pod out where every container has its own', () => {
    expect(users({ containers: [{ securityContext: { runAsUser: 2 } }] })).toEqual([
      { value: 2, at: `${AT}.containers[0].securityContext.runAsUser` },
    ])
  })
})

it('knows pods of Windows by their operating system', () => {
  expect(onWindows(podsWith({ os: { name: 'windows' } }))).toBe(true)
  expect(onWindows(podsWith({ os: { name: 'linux' } }))).toBe(false)
  expect(onWindows(podsWith({}))).toBe(false)
})
