import { core } from '@pulumi/oci'
import { describe, expect, it } from 'vitest'
import { declared, judged, UNKNOWN } from '../../test/support/rule.ts'
import { launchRule } from './instances.ts'

const rule = launchRule(
  { name: 'every', description: 'All launches.', severity: 'low', level: 'advisory', serves: ['OBP compute'] },
  ({ shape }, tell, at) => tell({ at: at('shape'), is: shape, write: 'another' }),
)
const launch = (shape: string) => ({ launchDetails: { shape } })
const configuration = (inputs: Record<string, unknown>) => declared(core.InstanceConfiguration, 'it', inputs)

describe('launchRule', () => {
  it('asks an instance', async () => {
    const instance = declared(core.Instance, 'it', { availabilityDomain: UNKNOWN, shape: 'small' })
    expect(await judged(rule, instance)).toEqual(['it: shape is "small"; write another.'])
  })

  it('asks a configuration instead of the instances that come from it', async () => {
    const instance = declared(core.Instance, 'it', { availabilityDomain: 'one', instanceConfigurationId: UNKNOWN })
    expect(await judged(rule, instance)).toEqual([])
    expect(await judged(rule, configuration({ instanceDetails: launch('small') }))).toEqual([
      'it: instanceDetails.launchDetails.shape is "small"; write another.',
    ])
  })

  it('asks every option of a configuration', async () => {
    const options = [launch('small'), {}, launch('large')]
    expect(await judged(rule, configuration({ instanceDetails: { options } }))).toEqual([
      'it: instanceDetails.options[0].launchDetails.shape is "small"; write another.',
      'it: instanceDetails.options[2].launchDetails.shape is "large"; write another.',
    ])
  })

  it('asks nothing of a configuration that is taken from an instance', async () => {
    expect(await judged(rule, configuration({ source: 'INSTANCE', instanceId: UNKNOWN }))).toEqual([])
  })
})
