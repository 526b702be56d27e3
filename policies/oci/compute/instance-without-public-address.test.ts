import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './instance-without-public-address.ts'

const subnet = (prohibitPublicIpOnVnic: boolean) => declared(core.Subnet, 'nodes', { prohibitPublicIpOnVnic })
const instance = (createVnicDetails?: object, linked = {}) =>
  declared(core.Instance, 'jump', { availabilityDomain: 'one', createVnicDetails }, { linked })
const inSubnet = (createVnicDetails: object = { subnetId: UNKNOWN }) =>
  instance(createVnicDetails, { createVnicDetails: [subnet(true)] })
const configuration = (instanceDetails: object) => declared(core.InstanceConfiguration, 'pool', { instanceDetails })

cases(rule, {
  passes: {
    'an instance that wants none': instance({ assignPublicIp: 'false' }),
    'a truth value': instance({ assignPublicIp: false }),
    'a subnet that forbids it, though its id is not known yet': [subnet(true), inSubnet()],
    'an instance from a configuration': declared(core.Instance, 'jump', {
      availabilityDomain: 'one',
      instanceConfigurationId: UNKNOWN,
    }),
    'a configuration that wants none': configuration({
      launchDetails: { createVnicDetails: { assignPublicIp: 'false' } },
    }),
    'a configuration that leaves it to its pool': configuration({ launchDetails: {} }),
  },
  breaks: {
    'an instance that says nothing': [instance(), 'jump: createVnicDetails.assignPublicIp is not set; write "false".'],
    'an instance that wants one': [
      instance({ assignPublicIp: 'true' }),
      'jump: createVnicDetails.assignPublicIp is "true"; write "false".',
    ],
    'one that wants it against its subnet': [[subnet(true), inSubnet({ assignPublicIp: 'True' })], /is "True"/],
    'a public subnet': [
      [subnet(false), instance({}, { createVnicDetails: [subnet(false)] })],
      /assignPublicIp is not set/,
    ],
    'a second interface': [
      declared(core.VnicAttachment, 'second', { createVnicDetails: { assignPublicIp: 'true' } }),
      'second: createVnicDetails.assignPublicIp is "true"; write "false".',
    ],
    'a configuration': [
      configuration({
        launchDetails: { createVnicDetails: {} },
        secondaryVnics: [{ createVnicDetails: { assignPublicIp: 'true' } }],
        options: [{ launchDetails: { createVnicDetails: { assignPublicIp: 'true' } } }],
      }),
      'pool: instanceDetails.launchDetails.createVnicDetails.assignPublicIp is not set; write "false".',
      'pool: instanceDetails.secondaryVnics[0].createVnicDetails.assignPublicIp is "true"; write "false".',
      'pool: instanceDetails.options[0].launchDetails.createVnicDetails.assignPublicIp is "true"; write "false".',
    ],
    'a value that nobody knows yet': [
      instance({ assignPublicIp: UNKNOWN }),
      'Could not be judged: jump: createVnicDetails.assignPublicIp is not known before the deployment.',
    ],
  },
})
