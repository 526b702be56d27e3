import { core as kubernetes } from '@pulumi/kubernetes'
import { core, objectstorage } from '@pulumi/oci'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { resourceOf } from '../../test/support/resource.ts'
import { declared, judged, UNKNOWN } from '../../test/support/rule.ts'
import {
  type About,
  custom,
  everyResourceRule,
  isSet,
  resourceRule,
  setting,
  stackRule,
  type Violation,
} from './index.ts'

const about: About = {
  name: 'example',
  description: 'Buckets are private.',
  severity: 'high',
  level: 'mandatory',
  serves: ['CIS 5.1.1'],
}

const privateBucket = resourceRule(about, objectstorage.Bucket, ({ accessType }, tell) => {
  if (accessType === 'ObjectRead') tell({ at: 'accessType', is: accessType, write: '"NoPublicAccess"' })
})
const bucket = (name: string, inputs: Record<string, unknown>) => declared(objectstorage.Bucket, name, inputs)
const open = bucket('theses', { accessType: 'ObjectRead' })

afterEach(() => void vi.useRealTimers())

describe('a rule about a resource', () => {
  it('is asked of its kinds alone', async () => {
    expect(await judged(privateBucket, declared(core.Vcn, 'net', { accessType: 'ObjectRead' }))).toEqual([])
  })

  it('is not asked of what is not deployed, which the engine tells of without any input', async () => {
    const rule = resourceRule(about, objectstorage.Bucket, (_props, tell) => tell({ lacks: 'key', write: 'one' }))
    expect(await judged(rule, resourceOf({ type: open.type, name: 'left-out' }))).toEqual([])
    expect(await judged(rule, open)).toEqual(['theses has no key; write one.'])
  })

  it('names the resource, the wrong value and what to write', async () => {
    expect(await judged(privateBucket, open)).toEqual(['theses: accessType is "ObjectRead"; write "NoPublicAccess".'])
  })

  it('cannot be about a class that the SDK does not have', () => {
    const gone = undefined as unknown as typeof objectstorage.Bucket
    expect(() => resourceRule(about, gone, () => {})).toThrow('a class that the installed SDK does not have')
  })

  it('can be about a type that has no class', async () => {
    const rule = resourceRule(
      about,
      custom<{ spec: { replicas: number } }>('kubernetes:x/v1:Queue'),
      ({ spec }, tell) => tell({ at: 'spec.replicas', is: spec.replicas, write: '3' }),
    )
    expect(await judged(rule, declared('kubernetes:x/v1:Queue', 'jobs', { spec: { replicas: 1 } }))).toEqual([
      'jobs: spec.replicas is 1; write 3.',
    ])
  })

  it('says of what is not set, of what must not be printed and of what is lacking', async () => {
    const rule = everyResourceRule(about, (_resource, tell) => {
      tell({ at: 'kmsKeyId', is: '', write: 'a key' })
      tell({ at: 'password', holds: 'a password', write: 'a reference' })
      tell({ lacks: 'log', write: 'a Log for it' })
    })
    expect(await judged(rule, open)).toEqual([
      'theses: kmsKeyId is not set; write a key.',
      'theses: password holds a password; write a reference.',
      'theses has no log; write a Log for it.',
    ])
  })
})

describe('a patch of an object of Kubernetes', () => {
  const patch = declared('kubernetes:core/v1:ServicePatch', 'site', { spec: { type: 'NodePort' } })
  const said = ['site: spec.type is "NodePort"; write "ClusterIP".']
  const check = (type: unknown, tell: (violation: Violation) => void) => {
    tell({ at: 'spec.type', is: type, write: '"ClusterIP"' })
    tell({ at: 'spec.selector', is: undefined, write: 'labels' })
    tell({ lacks: 'policy', write: 'one' })
  }

  it('breaks a rule about the object by what it says alone', async () => {
    const rule = resourceRule(about, kubernetes.v1.Service, ({ spec }, tell, { resource }) => {
      expect(resource.type).toBe('kubernetes:core/v1:Service')
      check(spec?.type, tell)
    })
    expect(await judged(rule, patch)).toEqual(said)
  })

  it('breaks a rule across the stack, where it is no object', async () => {
    const rule = stackRule(about, kubernetes.v1.Service, (stack, tell, { each }) => {
      expect(stack.of(kubernetes.v1.Service)).toEqual([])
      each(kubernetes.v1.Service, (service) => {
        expect(service.resource.type).toBe('kubernetes:core/v1:Service')
        check(service.props.spec?.type, (violation) => tell(service, violation))
      })
    })
    expect(await judged(rule, patch)).toEqual(said)
  })

  it('is nothing to a rule about a custom type', async () => {
    const rule = resourceRule(about, custom('kubernetes:core/v1:Service'), () => expect.unreachable())
    expect(await judged(rule, patch)).toEqual([])
  })
})

describe('what is not known before the deployment', () => {
  const unknown = bucket('theses', { accessType: UNKNOWN })

  it('breaks a rule that needs it', async () => {
    expect(await judged(privateBucket, unknown)).toEqual([
      'Could not be judged: theses: accessType is not known before the deployment.',
    ])
  })

  it('is enough where it only has to be set', async () => {
    const rule = resourceRule(about, objectstorage.Bucket, (props, tell) => {
      if (!isSet(props, 'kmsKeyId')) tell({ at: 'kmsKeyId', is: undefined, write: 'a key' })
    })
    expect(await judged(rule, bucket('a', { kmsKeyId: UNKNOWN }))).toEqual([])
    for (const kmsKeyId of [undefined, '', null])
      expect(await judged(rule, bucket('a', { kmsKeyId }))).toEqual(['a: kmsKeyId is not set; write a key.'])
  })

  it('hides nothing of other resources in a rule across the stack', async () => {
    const rule = stackRule(about, objectstorage.Bucket, (_stack, tell, { each }) =>
      each(objectstorage.Bucket, (one) => {
        if (one.props.accessType === 'ObjectRead') tell(one, { at: 'accessType', is: 'ObjectRead', write: 'another' })
      }),
    )
    expect(await judged(rule, [unknown, bucket('papers', { accessType: 'ObjectRead' })])).toEqual([
      'Could not be judged: theses: accessType is not known before the deployment.',
      'papers: accessType is "ObjectRead"; write another.',
    ])
  })

  it('is found by where it comes from', async () => {
    const rule = stackRule(about, core.Subnet, (stack, tell) => {
      for (const subnet of stack.of(core.Subnet))
        if (stack.linked(subnet, 'vcnId', core.Vcn).length === 0) tell(subnet, { lacks: 'network', write: 'one' })
    })
    const vcn = declared(core.Vcn, 'net')
    const inside = declared(core.Subnet, 'inside', { vcnId: UNKNOWN }, { linked: { vcnId: [vcn] } })
    const outside = declared(core.Subnet, 'outside', { vcnId: UNKNOWN }, { linked: { compartmentId: [vcn] } })
    expect(await judged(rule, [vcn, inside, outside])).toEqual(['outside has no network; write one.'])
  })
})

describe('an exception', () => {
  const until = (day: string) => ({ exceptions: [{ resource: 'theses', reason: 'moved in spring', until: day }] })

  it('allows one resource until the end of a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-31T23:59:59Z') })
    expect(
      await judged(privateBucket, [open, { ...open, name: 'papers', urn: 'urn:papers' }], until('2027-03-31')),
    ).toEqual([
      'Excepted until 2027-03-31 (moved in spring): theses: accessType is "ObjectRead"; write "NoPublicAccess".',
      'papers: accessType is "ObjectRead"; write "NoPublicAccess".',
    ])
  })

  it('is itself a violation when its day is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-04-01T00:00:00Z') })
    expect(await judged(privateBucket, open, until('2027-03-31'))).toEqual([
      'theses: accessType is "ObjectRead"; write "NoPublicAccess". Its exception ended on 2027-03-31 (moved in spring).',
    ])
  })

  it('may name a URN, and of several the last one counts', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-04-01T00:00:00Z') })
    const { exceptions } = until('2027-03-31')
    exceptions.push({ resource: open.urn, reason: 'moved in autumn', until: '2027-09-30' })
    expect(await judged(privateBucket, open, { exceptions })).toEqual([
      expect.stringMatching(/^Excepted until 2027-09-30 \(moved in autumn\)/),
    ])
  })
})

describe('a setting', () => {
  const rule = resourceRule(
    { ...about, settings: { most: setting(3, { type: 'integer', description: 'Rules at most.' }) } },
    objectstorage.Bucket,
    (_props, tell, { settings: { most } }) => tell({ at: 'rules', is: 4, write: `${most} at most` }),
  )

  it('has its default where nothing is configured', async () => {
    expect(await judged(rule, open)).toEqual(['theses: rules is 4; write 3 at most.'])
  })

  it('is what the configuration says', async () => {
    expect(await judged(rule, open, { most: 2 })).toEqual(['theses: rules is 4; write 2 at most.'])
  })

  it('tells its form and default to whoever configures the pack', () => {
    expect(rule.policy.configSchema?.properties).toMatchObject({
      most: { type: 'integer', default: 3 },
      exceptions: { default: [] },
      unknown: { default: 'violation' },
    })
  })
})
