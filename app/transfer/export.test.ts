import { expect, it, beforeAll, afterAll } from 'vitest'
import { writeFile } from 'node:fs/promises'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { type Depositor, depositor, minimal, minimalXml } from '../../test/support/depositor.ts'
let kura: Institutions
let id: string
let staff: Depositor
beforeAll(async () => {
  kura = await openInstitutions(['leaving'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write', 'transfer'))
})
afterAll(() => kura.close())
it('writes', async () => {
  await staff.zip({ 'a.xml': minimalXml('A'), 'a/日本 語.txt': 'one', 'a/b%41.txt':'x' })
  await staff.zip({ 'a.xml': minimalXml('A2'), 'a/日本 語.txt': 'two' })
  const r = await staff.api('/export')
  expect(r.status).toBe(200)
  await writeFile('/tmp/bags-try/e.zip', new Uint8Array(await r.arrayBuffer()))
})
