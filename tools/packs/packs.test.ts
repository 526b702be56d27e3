import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { objectstorage } from '@pulumi/oci'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { declared, secret, UNKNOWN } from '../../test/support/rule.ts'
import type { CapturedResource } from '../evaluate/index.ts'
import type { PackConfig } from './config.ts'
import { openPacks } from './index.ts'
import { Pack } from './pack.ts'
import { requestFor, stackRequestFor, wired } from './requests.ts'

const bucket = (name: string, accessType: unknown) => declared(objectstorage.Bucket, name, { accessType })
const open = bucket('theses', 'ObjectRead')
const asked = (resource: CapturedResource) => wired(requestFor(resource))

/** A pack of one rule that speaks of open buckets, and throws at one name. */
const RULE = `
import { objectstorage } from ${JSON.stringify(import.meta.resolve('@pulumi/oci'))}
import { resourceRule, setting } from ${JSON.stringify(join(import.meta.dirname, '../../policies/rule/index.ts'))}
import { servePack } from ${JSON.stringify(join(import.meta.dirname, '../../policies/rule/pack.ts'))}

const rule = resourceRule(
  {
    name: 'private', description: 'Buckets are private.', severity: 'high', level: 'mandatory', serves: ['CIS 5.1.1'],
    settings: { word: setting('NoPublicAccess', { type: 'string', description: 'What to write.' }) },
  },
  objectstorage.Bucket,
  ({ accessType }, tell, { resource, settings }) => {
    if (resource.name === 'broken') throw new Error('the rule is broken')
    if (accessType === 'ObjectRead') tell({ at: 'accessType', is: accessType, write: settings.word })
  },
)
servePack('made-up', 'Of a test.', [rule])
`

let folder: string
let pack: Pack | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kura-pack-'))
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.0.0", "type": "module", "main": "index.js" }')
  writeFileSync(join(folder, 'index.js'), "import './pack.ts'")
  write(RULE)
})
afterEach(() => {
  pack?.close()
  pack = undefined
  rmSync(folder, { recursive: true })
})

const write = (program: string) => writeFileSync(join(folder, 'pack.ts'), program)
const start = async (config: PackConfig = {}) => {
  pack = await Pack.open(folder, config)
  return pack
}
const said = async (config: PackConfig, ...buckets: ReturnType<typeof bucket>[]) =>
  (await (await start(config)).analyze(buckets.map(asked))).map(
    ({ message, level }) => `${level} ${message.split('\n')[1]}`,
  )

describe('a pack', () => {
  it('says what breaks its rules, with secrets opened and defaults filled in', async () => {
    expect(await said({}, bucket('closed', 'NoPublicAccess'), bucket('theses', secret('ObjectRead')))).toEqual([
      'mandatory theses: accessType is "ObjectRead"; write NoPublicAccess.',
    ])
  })

  it('takes a level, or settings with one', async () => {
    expect(await said({ private: 'disabled' }, open)).toEqual([])
    pack?.close()
    expect(await said({ private: { enforcementLevel: 'advisory', word: 'nothing' } }, open)).toEqual([
      'advisory theses: accessType is "ObjectRead"; write nothing.',
    ])
  })

  it('makes advice of what it cannot judge, and of an exception, only where the configuration says so', async () => {
    const unknown = bucket('theses', UNKNOWN)
    const exceptions = [{ resource: 'theses', reason: 'a reason of a test', until: '9999-12-31' }]
    expect(await said({}, unknown)).toEqual([expect.stringMatching(/^mandatory Could not be judged: theses/)])
    pack?.close()
    expect(await said({ private: { unknown: 'advice' } }, unknown)).toEqual([
      expect.stringMatching(/^advisory Could not/),
    ])
    pack?.close()
    expect(await said({ private: { exceptions } }, open)).toEqual([expect.stringMatching(/^advisory Excepted until/)])
  })
})

describe('a rule across the stack', () => {
  it('judges what was declared of a resource, of which the engine may not know yet what becomes of it', async () => {
    write(
      RULE.replace('import { resourceRule, setting }', 'import { resourceRule, setting, stackRule }')
        .replace(
          'servePack(',
          `const across = stackRule(
        { name: 'across', description: 'None is open.', severity: 'high', level: 'mandatory', serves: ['CIS 5.1.1'] },
        objectstorage.Bucket,
        (_stack, tell, { each }) => each(objectstorage.Bucket, (one) => {
          if (one.props.accessType === 'ObjectRead') tell(one, { at: 'accessType', is: 'ObjectRead', write: 'another' })
        }),
      )
      servePack(`,
        )
        .replace('[rule]', '[rule, across]'),
    )
    const started = await start()
    const sentences = async (resources: CapturedResource[]) =>
      (await started.analyzeStack(wired(stackRequestFor(resources)))).map(({ message }) => message.split('\n')[1])
    const unknown = { ...open, outputs: { accessType: UNKNOWN } }
    expect(await sentences([unknown])).toEqual([
      'Could not be judged: theses: accessType is not known before the deployment.',
    ])
    await started.analyze([asked(open)])
    expect(await sentences([unknown])).toEqual(['theses: accessType is "ObjectRead"; write another.'])
    await started.analyze([asked(bucket('theses', 'NoPublicAccess'))])
    expect(await sentences([unknown])).toEqual([])
    // What was asked before is asked again, since something else was asked in between.
    await started.analyze([asked(open)])
    expect(await sentences([unknown])).toEqual(['theses: accessType is "ObjectRead"; write another.'])
  })
})

describe('a pack that cannot run', () => {
  it('stops the check when a rule throws, and names rule and resource', async () => {
    const started = await start()
    await expect(started.analyze([asked(bucket('broken', 'ObjectRead'))])).rejects.toThrow(
      /could not judge urn:.*::broken: .*policy 'private'.*the rule is broken/s,
    )
  })

  it('does not start with a class that the SDK no longer has', async () => {
    write(RULE.replace('objectstorage.Bucket', 'objectstorage.Pail'))
    await expect(start()).rejects.toThrow(/did not start: .*a class that the installed SDK does not have/s)
  })

  it('does not start with a program that is broken', async () => {
    write('this is no program')
    await expect(start()).rejects.toThrow(/the policy pack kura-pack-\w+ did not start: .*SyntaxError/s)
  })

  it.each<[string, PackConfig, RegExp]>([
    ['a rule that it does not have', { pubic: 'advisory' }, /names a rule that the pack does not have: pubic/],
    ['a level that there is not', { private: 'loud' }, /the configuration of private: no level "loud"/],
    [
      'a setting that it does not have',
      { private: { words: 'x' } },
      /of private: .*must NOT have additional properties/,
    ],
    ['a value that does not fit', { private: { word: 3 } }, /of private: private\/word must be string/],
    [
      'an exception without a reason',
      { private: { exceptions: [{ resource: 'theses', until: '2027-01-01' }] } },
      /must have required property 'reason'/,
    ],
    [
      'an exception without an end',
      { private: { exceptions: [{ resource: 'theses', reason: 'a reason of a test', until: 'later' }] } },
      /until must match pattern/,
    ],
  ])('refuses a configuration with %s', async (_what, config, reason) => {
    await expect(start(config)).rejects.toThrow(reason)
  })
})

describe('the packs of the project', () => {
  it('start together, each with its own configuration', async () => {
    const packs = await openPacks()
    packs.close()
    expect(Object.keys(packs.policies)).toEqual(['kubernetes', 'kura', 'oci'])
  })

  it('leave none running when one does not start', async () => {
    await expect(openPacks({ oci: { 'no-such-rule': 'advisory' } })).rejects.toThrow(
      'the policy pack oci: the configuration names a rule that the pack does not have: no-such-rule',
    )
  })
})
