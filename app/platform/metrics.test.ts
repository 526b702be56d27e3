import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { memoryCaches } from '../ports/cache/memory.ts'
import { Connections } from './database/index.ts'
import { createMetrics } from './metrics.ts'

let kura: Institutions
let id: string

beforeAll(async () => {
  kura = await openInstitutions(['measured'])
  id = kura.ids[0] as string
})
afterAll(() => kura.close())

it('says for each institution whether it can be used, and how long its work has waited', async () => {
  const metrics = createMetrics(new Connections({ host: 'localhost', port: 1, tls: false }, 1), memoryCaches())
  const printed = async () => {
    metrics.visited(id, await kura.round(id))
    const lines = (await metrics.print()).split('\n')
    return Object.fromEntries(
      lines.filter((line) => line.includes(`tenant="${id}"`)).map((line) => line.split(/\{.*\} /) as [string, string]),
    )
  }
  expect(await printed()).toEqual({
    kura_institution_available: '1',
    kura_outbox_age_seconds: '0',
    kura_unscanned_contents: '0',
    kura_unscanned_age_seconds: '0',
  })

  await kura.asSuperuser(id, 'alter table outbox rename to mislaid')
  expect(await printed()).toMatchObject({ kura_institution_available: '0' })
  await kura.asSuperuser(id, 'alter table mislaid rename to outbox')
})
