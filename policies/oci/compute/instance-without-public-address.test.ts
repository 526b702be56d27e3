import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './instance-without-public-address.ts'

const subnet = (prohibitPublicIpOnVnic: boolean) => declared(core.Subnet, 'nodes', { prohibitPublicIpOnVnic })
const instance = (createVnicDetails?: object, linked = {}) =>
  declared(core.Instance, 'jump', { availabilityDomain: 'one', createVnicDetails }, { linked })
const inSubnet = (createVnicDetails: object = { subnetId: UNKNOWN }) =>
  instance(createVnicDetails, { createVnicDetails: [subnet(true)] })
const configuration = (instanceDetails: object) => declared(core.InstanceConfiguration, 'pool', { instanceDetails })
const old = (isPrivate: boolean) =>
  declared(
    core.Instance,
    'jump',
    { availabilityDomain: 'one', subnetId: UNKNOWN },
    { linked: { subnetId: [subnet(isPrivate)] } },
  )
const pool = (from: ReturnType<typeof configuration>, ...subnets: ReturnType<typeof subnet>[]) =>
  declared(
    core.InstancePool,
    'web',
    { placementConfigurations: [{ primarySubnetId: UNKNOWN }] },
    { linked: { instanceConfigurationId: [from], placementConfigurations: subnets } },
  )
const silent = configuration({ launchDetails: {} })
const wanting = configuration({ launchDetails: { createVnicDetails: { assignPublicIp: 'false' } } })
const leaving =
  'web: placementConfigurations holds subnets that are not known to be private; write private subnets, or createVnicDetails.assignPublicIp "false" in its configuration.'

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
    'a configuration that leaves it to its pool': silent,
    'a pool in a private subnet': [subnet(true), silent, pool(silent, subnet(true))],
    'a pool in a public subnet, whose configuration wants none': [subnet(false), wanting, pool(wanting, subnet(false))],
    'an instance with the subnet at its old place, which forbids it': [subnet(true), old(true)],
    'an address that is reserved for a load balancer': declared(core.PublicIp, 'door', { lifetime: 'RESERVED' }),
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
    'a public subnet at its old place': [[subnet(false), old(false)], /assignPublicIp is not set/],
    'a pool in a public subnet, whose configuration says nothing': [
      [subnet(false), silent, pool(silent, subnet(false))],
      leaving,
    ],
    'a pool in a private and a public subnet': [
      [
        subnet(true),
        declared(core.Subnet, 'doors'),
        silent,
        pool(silent, subnet(true), declared(core.Subnet, 'doors')),
      ],
      leaving,
    ],
    'a pool in a subnet of which nothing is known': [[silent, pool(silent)], leaving],
    'a reserved address for an instance that wants none': [
      [instance({ assignPublicIp: 'false' }), declared(core.PublicIp, 'address', { privateIpId: UNKNOWN })],
      'address: privateIpId holds the address of an interface; write none.',
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
