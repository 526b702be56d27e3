import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, type Outcome } from '../../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../../test/support/institutions.ts'
import { zipOf } from '../../../../test/support/zip.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['tables'], () => ({ limits: { storage: 0.01, upload: 0.01, connections: 4 } }))
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

type Body = string | Uint8Array
const post = (body: Body, type = 'text/csv') =>
  kura.request(id, '/api/v1/imports', {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body: body as NonNullable<RequestInit['body']>,
  })
const outcomes = async (body: Body, type?: string): Promise<Outcome[]> => {
  const response = await post(body, type)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${response.status} ${text}`)
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
const one = async (body: Body, type?: string) => (await outcomes(body, type))[0] as Outcome
const refusal = async (body: Body, type?: string) => {
  const response = await post(body, type)
  expect(response.status).toBe(422)
  return (await jsonOf<{ detail: string }>(response)).detail
}
const recordOf = async ({ item }: Outcome) =>
  (await jsonOf<{ record: { [field: string]: unknown } }>(staff.api(`/items/${item.number}`))).record

it('x', async () => {
  const response = await kura.request(id, '/api/v1/imports/template.csv')
  const t = await response.text()
  const o = await one(t)
  console.log(JSON.stringify(o), JSON.stringify(await recordOf(o), null, 1))
  console.log(await refusal('sorce,title,titel[ja],creator[1].nmae,subject[NDCC],relation[isPartOf]\n'))
  console.log(
    await outcomes(
      'source,title,type,date[Issued],sourceIdentifier[PISSN],title\na,T,dataset,2026/3/1,3785955,\n,T,,46082,,U\na,b\n,,,,,\nf,=1+1,data|set,2026-03-18,,\nz,"x',
    ),
  )
})
