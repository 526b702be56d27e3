import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depositor, jsonOf, minimal } from '../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../test/support/institutions.ts'
import { zipOf } from '../test/support/zip.ts'

let kura: Institutions
beforeAll(async () => {
  kura = await openInstitutions(['upgraded'])
})
afterAll(() => kura.close())

describe('what the release before writes while this one starts', () => {
  it('is shown, found and read as if it had been written by this one', async () => {
    const [id] = kura.ids as [string]
    const { db } = kura.tenant(id)
    const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
    const subjects = [{ value: 'herons', lang: 'en', scheme: 'Other' }]
    const record = minimal('Overtaken heron', { volume: '7', pageStart: '12', subjects })
    const [outcome] = await staff.lines({ source: 'x', record })
    const item = outcome?.item.number as number
    const archive = await kura.request(id, '/api/v1/imports', {
      method: 'POST',
      headers: { authorization: `Bearer ${await kura.token(id, 'import')}`, 'content-type': 'application/zip' },
      body: await zipOf({ 'y.csv': `source,title[en],type,file\ny,Heron with a file,book,y.txt\n`, 'y.txt': 'egret' }),
    })
    // An import answers while it goes on, and is done when its answer ends.
    expect(await archive.text()).toContain('"imported"')
    await kura.settle()

    // As the release before does it: none of its statements names what has been added since.
    const insert = sql<{ id: number }>`insert into collection (position, name, public, harvested)
      values (1, '{"ja": "前の版"}', true, true) returning id`
    const collection = (await insert.execute(db)).rows[0]?.id as number
    await sql`insert into item_collection (item, collection) values (${item}, ${collection})`.execute(db)
    await sql`update search_document set facets = '{}', listed = null where item = ${item}`.execute(db)
    await sql`delete from search_name`.execute(db)
    await sql`delete from file_text`.execute(db)
    await sql`delete from scan`.execute(db)
    await sql`delete from outbox`.execute(db)
    const answer = async (path: string) => await (await kura.request(id, path)).text()
    expect(await answer(`/collections/${collection}`)).not.toContain('Overtaken heron')

    await kura.round(id)
    await kura.settle()
    expect(await answer(`/collections/${collection}`)).toContain('Overtaken heron')
    const members = await jsonOf<{ items: { volume?: string }[] }>(
      kura.request(id, `/api/v1/collections/${collection}/items`),
    )
    expect(members.items[0]?.volume).toBe('7')
    expect(await answer('/search?q=heron&type=journal+article&lang=en')).toContain('Overtaken')
    expect(await answer('/search?q=egret&lang=en')).toContain('with a file')
    expect(await answer('/subjects')).toContain('herons')
  })
})
