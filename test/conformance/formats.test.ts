import { expect, it } from 'vitest'
import { metadataFormats } from '../../app/records/index.ts'
import { fc } from '../support/property.ts'
import { anything } from './anything.ts'
import { published } from './publication.ts'
import { samples } from './samples.ts'
import { FORMAT_SCHEMAS, OAI_PMH, validateResponses } from './schema.ts'
import { describeWithReference, referenceText } from './shared.ts'

const formats = [...metadataFormats.values()]
const schemaOf = (prefix: string) => FORMAT_SCHEMAS[prefix] ?? `no schema for ${prefix}`

/** A GetRecord response with a payload. */
const response = (prefix: string, payload: string) => `<OAI-PMH xmlns="${OAI_PMH}">
  <responseDate>2026-04-01T00:00:00Z</responseDate>
  <request verb="GetRecord" identifier="oai:kura.example:1" metadataPrefix="${prefix}">https://kura.example/oai</request>
  <GetRecord>
    <record>
      <header><identifier>oai:kura.example:1</identifier><datestamp>2026-04-01T00:00:00Z</datestamp></header>
      <metadata>${payload}</metadata>
    </record>
  </GetRecord>
</OAI-PMH>`

const wrong = (prefix: string, payloads: { readonly [name: string]: string }) =>
  validateResponses(
    { [metadataFormats.get(prefix)?.namespace ?? '']: schemaOf(prefix) },
    Object.fromEntries(Object.entries(payloads).map(([name, payload]) => [name, response(prefix, payload)])),
  )

describeWithReference('a response of OAI-PMH', () => {
  it('can have its payload in five formats, each by its own prefix', () => {
    expect(formats.map(({ prefix }) => prefix).sort()).toEqual(Object.keys(FORMAT_SCHEMAS).sort())
    for (const [key, { prefix }] of metadataFormats) expect(prefix).toBe(key)
  })

  it.each(formats)('names the namespace that the schema of $prefix is for, and where it lies', (format) => {
    const schema = referenceText(`xsd/${schemaOf(format.prefix)}`)
    expect(schema).toContain(`targetNamespace="${format.namespace}"`)
    const written = format.write(published('01_departmental_bulletin_paper_oa.xml'))
    expect(written).toContain(`xsi:schemaLocation="${format.namespace} ${format.schema}"`)
  })

  it.each(formats)('is valid with each official sample, published, as $prefix', async ({ prefix, write }) => {
    const payloads = Object.fromEntries(samples.map((name) => [name, write(published(name))]))
    expect(await wrong(prefix, payloads)).toEqual([])
  })

  it.each(formats)('is valid with every record of the model, published, as $prefix', async ({ prefix, write }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 8 }), async (items) => {
        const payloads = items.map((item, index) => [`${index}.xml`, write(item)] as const)
        expect(await wrong(prefix, Object.fromEntries(payloads))).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})

describeWithReference('these checks', () => {
  const item = () => published('01_departmental_bulletin_paper_oa.xml')

  it.each(formats)('find what is wrong in a payload of $prefix', async ({ prefix, write }) => {
    const payload = write(item()).replaceAll('dc:language', 'dc:tongue')
    expect(await wrong(prefix, { 'wrong.xml': payload })).toEqual([expect.stringMatching(/^wrong\.xml:\d+: .*tongue/)])
  })

  it('find what is wrong in an envelope', async () => {
    const payload = metadataFormats.get('oai_dc')?.write(item()) ?? ''
    const envelope = response('oai_dc', payload).replace(/<datestamp>.*<\/datestamp>/, '')
    const findings = await validateResponses(
      { [metadataFormats.get('oai_dc')?.namespace ?? '']: schemaOf('oai_dc') },
      { 'wrong.xml': envelope },
    )
    expect(findings).toEqual([expect.stringMatching(/datestamp/)])
  })

  it('refuse to check two formats at once', async () => {
    const two = Object.fromEntries(
      ['oai_dc', 'jpcoar_2.0'].map((prefix) => [metadataFormats.get(prefix)?.namespace ?? '', schemaOf(prefix)]),
    )
    await expect(validateResponses(two, { 'a.xml': response('jpcoar', '') })).rejects.toThrow(/Skipping import/)
  })
})
