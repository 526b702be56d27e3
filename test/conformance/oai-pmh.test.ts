import { afterAll, beforeAll, expect, it } from 'vitest'
import { metadataFormats } from '../../app/records/index.ts'
import { depositor, jsonOf } from '../support/depositor.ts'
import { harvester, readOai } from '../support/harvester.ts'
import { type Institutions, openInstitutions } from '../support/institutions.ts'
import { zipOf } from '../support/zip.ts'
import { sample, samples } from './samples.ts'
import { FORMAT_SCHEMAS, validateResponses } from './schema.ts'
import { describeWithReference } from './shared.ts'

/** OAI-PMH 2.0, section 3.6; the schema at hand knows two more. */
const ERRORS = [
  'badArgument',
  'badResumptionToken',
  'badVerb',
  'cannotDisseminateFormat',
  'idDoesNotExist',
  'noMetadataFormats',
  'noRecordsMatch',
  'noSetHierarchy',
]
const DATESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

describeWithReference('OAI-PMH', () => {
  let kura: Institutions
  let id: string
  let withdrawn: string
  beforeAll(async () => {
    kura = await openInstitutions(['conforming', 'empty'])
    id = kura.ids[0] as string
    const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
    const collections: number[] = []
    for (const name of ['紀要 & <論文>', '研究データ'])
      collections.push((await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: name } }))).id)
    const documents = Object.fromEntries(samples.map((name) => [name, sample(name)]))
    const authorization = `Bearer ${await kura.token(id, 'import')}`
    const headers = { authorization, 'content-type': 'application/zip' }
    const body = await zipOf(documents)
    const answer = await (await kura.request(id, '/api/v1/imports', { method: 'POST', headers, body })).text()
    const numbers = answer
      .trim()
      .split('\n')
      .flatMap((line): number[] => JSON.parse(line).item?.number ?? [])
    expect(numbers.length).toBeGreaterThan(10)
    for (const number of numbers) await staff.api(`/items/${number}/collections`, 'PUT', { collections })
    await staff.api(`/items/${numbers[0]}/withdrawal`, 'POST', { reason: 'by mistake' })
    withdrawn = `oai:${id}.example:${String(numbers[0]).padStart(8, '0')}`
  })
  afterAll(() => kura.close())

  const get = async (query: string, of = id) => await (await kura.request(of, `/oai?${query}`)).text()
  /** What is wrong with answers, by the schema and by what the protocol says beyond it. */
  const wrong = async (payloads: { readonly [namespace: string]: string }, documents: Record<string, string>) => [
    ...(await validateResponses(payloads, documents)),
    ...Object.entries(documents).flatMap(([name, xml]) => {
      const { request, errors, heard, responseDate } = readOai(xml)
      const faults = [
        ...errors.filter((code) => !ERRORS.includes(code)).map((code) => `no error of the protocol: ${code}`),
        ...[responseDate, ...heard.map(({ datestamp }) => datestamp)].filter((date) => !DATESTAMP.test(date)),
        ...(errors.some((code) => code === 'badVerb' || code === 'badArgument') && Object.keys(request).length > 0
          ? ['repeats a request that it did not understand']
          : []),
      ]
      return faults.map((fault) => `${name}: ${fault}`)
    }),
  ]

  it.each([...metadataFormats.values()])('lists and gives valid records as $prefix', async ({ prefix, namespace }) => {
    const { heard } = await harvester(kura, id).ask({ verb: 'ListRecords', metadataPrefix: prefix })
    expect(heard.length).toBeGreaterThan(10)
    const live = heard.find(({ deleted }) => !deleted)?.identifier
    const documents = {
      'list.xml': await get(`verb=ListRecords&metadataPrefix=${prefix}`),
      'set.xml': await get(`verb=ListRecords&metadataPrefix=${prefix}&set=1`),
      'record.xml': await get(`verb=GetRecord&metadataPrefix=${prefix}&identifier=${live}`),
      'withdrawn.xml': await get(`verb=GetRecord&metadataPrefix=${prefix}&identifier=${withdrawn}`),
    }
    expect(await wrong({ [namespace]: FORMAT_SCHEMAS[prefix] as string }, documents)).toEqual([])
    for (const xml of Object.values(documents)) expect(readOai(xml).errors).toEqual([])
  })

  it('says who it is in a valid way', async () => {
    const payloads = { 'http://www.openarchives.org/OAI/2.0/oai-identifier': 'oai/oai-identifier.xsd' }
    const documents = { 'identify.xml': await get('verb=Identify') }
    expect(documents['identify.xml']).toContain('<oai-identifier')
    expect(await wrong(payloads, documents)).toEqual([])
  })

  it('answers all else in a valid way, errors among it', async () => {
    const of = kura.ids[1]
    const documents = {
      'formats.xml': await get('verb=ListMetadataFormats'),
      'sets.xml': await get('verb=ListSets'),
      'headers.xml': await get('verb=ListIdentifiers&metadataPrefix=oai_dc'),
      'no-verb.xml': await get(''),
      'bad-verb.xml': await get('verb=%3Cx%3E'),
      'bad-argument.xml': await get('verb=ListRecords&from=x&until=%00&%3C=1'),
      'bad-token.xml': await get('verb=ListRecords&resumptionToken=%22%3C%26'),
      'bad-format.xml': await get('verb=ListRecords&metadataPrefix=marc21'),
      'nobody.xml': await get("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x.example:a%25e3&'("),
      'nothing.xml': await get('verb=ListRecords&metadataPrefix=oai_dc', of),
      'no-sets.xml': await get('verb=ListSets', of),
    }
    expect(await wrong({}, documents)).toEqual([])
  })

  it('is not found valid where it is not', async () => {
    const headers = await get('verb=ListIdentifiers&metadataPrefix=oai_dc')
    expect(await wrong({}, { 'a.xml': headers.replace(/<datestamp>[^<]*/g, '<datestamp>2026-04-01') })).not.toEqual([])
    expect(await wrong({}, { 'b.xml': headers.replace('</datestamp>', '</datestamp><other/>') })).not.toEqual([])
    const error = (await get('verb=ListSets&x=1')).replace('badArgument', 'serviceUnavailable')
    expect(await wrong({}, { 'c.xml': error })).not.toEqual([])
  })
})
