import { expect, it } from 'vitest'
import { HOST, spreadOver } from './spread.ts'

const ZONE = 'topology.kubernetes.io/zone'
const SITE = { matchLabels: { app: 'site' } }
const over = (topologyKey: string, labelSelector: object | undefined = SITE) => ({ topologyKey, labelSelector })
const constraint = (key: string, selector?: object) => ({
  ...over(key, selector),
  maxSkew: 1,
  whenUnsatisfiable: 'ScheduleAnyway',
})
const apart = (podAntiAffinity: object) => ({ affinity: { podAntiAffinity } })

it.each([
  ['nothing', {}, []],
  ['constraints', { topologySpreadConstraints: [constraint(ZONE), constraint(HOST)] }, [ZONE, HOST]],
  [
    'constraints for others',
    { topologySpreadConstraints: [constraint(HOST, { matchLabels: { app: 'mail' } }), constraint(ZONE)] },
    [ZONE],
  ],
  ['a constraint for nobody', { topologySpreadConstraints: [{ ...constraint(HOST), labelSelector: undefined }] }, []],
  ['what they are kept from', apart({ requiredDuringSchedulingIgnoredDuringExecution: [over(HOST)] }), [HOST]],
  [
    'what they avoid',
    apart({ preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: over(ZONE) }] }),
    [ZONE],
  ],
  ['what they seek', { affinity: { podAffinity: {} } }, []],
])('pods are spread by %s', (_what, spec, expected) => {
  expect(spreadOver(spec as never, { app: 'site' })).toEqual(expected)
})
