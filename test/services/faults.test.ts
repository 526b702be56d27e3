import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seeded } from '../bench/generator.ts'
import { compare } from '../faults/compare.ts'
import { dealt, faultsOf } from '../faults/faults.ts'
import { Ledger } from '../faults/ledger.ts'
import { faultsFound, runRound } from '../faults/round.ts'
import { openStage, runApplication, type Stage } from '../faults/stage.ts'
import { BUCKET } from './s3.ts'

/* One round of `npm run faults`, which runs ten; and that its comparison finds what it looks for. */

/** Things that fail, one after the other. */
const EACH = 2

let stage: Stage
const ledger = new Ledger()
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())

const NOTHING = { lost: [], doubled: [], half: [], apart: [] }

describe('the application on its real services', { timeout: 300_000 }, () => {
  it('loses, doubles and halves nothing that it acknowledged when they fail', async () => {
    const seed = Number(process.env.KURA_SEED ?? Date.now() % 100_000)
    console.log(`seed ${seed} (KURA_SEED repeats it)`)
    const fate = dealt(faultsOf(stage.parts), seeded(seed))
    const faults = Array.from({ length: EACH }, () => fate.next().value)
    const report = await runRound(stage, ledger, { faults, random: seeded(seed + 1), name: 'r' })
    console.log(`${faults.map(({ part, kind }) => `${part} ${kind}`).join(', ')}: ${JSON.stringify(report)}`)
    expect(faultsFound(report)).toEqual([])
    expect(report.acknowledged).toBeGreaterThan(EACH * 15)
  })

  /** Breaks something for as long as it is compared, by statements in the database and what mends it again. */
  async function whileBroken(breaking: string, mending: string) {
    await stage.query(breaking)
    const found = await compare(stage, ledger)
    await stage.query(mending)
    return found
  }
  /** A public item with files. */
  const some = () => {
    const found = ledger.certain.find(
      ({ possible: [{ status, files }] }) => status === 'public' && Object.keys(files).length,
    )
    if (!found) throw new Error('no item has files')
    return found
  }

  it('would be found to have lost a change that is taken back', async () => {
    const { number, key } = some()
    const found = await whileBroken(
      `create table kept as select * from item where number = ${number};
       update item set revision = revision - 1 where number = ${number}`,
      `update item set revision = kept.revision from kept where item.number = kept.number; drop table kept`,
    )
    expect(found.lost).toEqual([expect.stringContaining(key)])
    expect(found.half).toEqual([expect.stringMatching(`item ${number} is at revision`)])
  })

  it('would be found to have lost an item, and to have one twice', async () => {
    const [one, other] = ledger.certain
    if (!one || !other) throw new Error('there are no two items')
    const found = await whileBroken(
      `create table kept as select number, record from item where number in (${one.number}, ${other.number});
       update item set record = (select record from item where number = ${other.number}) where number = ${one.number}`,
      `update item set record = kept.record from kept where item.number = kept.number; drop table kept`,
    )
    expect(found.lost).toContainEqual(expect.stringContaining(one.key))
    expect(found.doubled).toContainEqual(expect.stringContaining(other.key))
  })

  it('would be found to keep from harvesters what is public', async () => {
    const { number } = some()
    const found = await whileBroken(
      `create table kept as select * from publication where item = ${number};
       update publication set state = 'deleted' where item = ${number}`,
      `update publication set state = kept.state from kept where publication.item = kept.item; drop table kept`,
    )
    expect(found.half).toEqual([expect.stringContaining(`item ${number} is public, and deleted to harvesters`)])
    expect(found.apart).toContainEqual(expect.stringContaining('a harvest says deleted'))
  })

  it('would be found to have lost what it had been told to keep: bytes, and a document of the index', async () => {
    expect(await compare(stage, ledger)).toEqual(NOTHING)
    const { number, possible } = some()
    const [name = ''] = Object.keys(possible[0].files)
    const [file] = await stage.query(`select object from file where item = ${number} and name = '${name}' and current`)
    const place = { Bucket: BUCKET, Key: `${stage.tenant}/${file?.object}` }
    const { VersionId } = await stage.s3.send(new DeleteObjectCommand(place))
    const { half, apart } = await compare(stage, ledger)
    expect(half).toEqual([`the bytes of ${name} of item ${number} are gone`])
    expect(apart).toEqual([expect.stringContaining(`file ${name} of item ${number}`)])
    // What was deleted is hidden by a note, without which it is there again.
    await stage.s3.send(new DeleteObjectCommand({ ...place, VersionId }))

    expect((await stage.search('DELETE', `/kura-${stage.tenant}.writes/_doc/${number}?refresh=true`)).ok).toBe(true)
    const { apart: missed } = await compare(stage, ledger)
    expect(missed).toContainEqual(expect.stringMatching(/search lists 0 too many .* and 1 too few/))
    await runApplication(stage.configuration, 'app/cli/kura.ts', 'reindex', '--tenant', stage.tenant)
    expect(await compare(stage, ledger)).toEqual(NOTHING)
  })
})
