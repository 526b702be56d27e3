import { expect, it } from 'vitest'
import type { Dissemination } from '../../app/items/dissemination.ts'
import { outputs } from '../../app/records/formats/outputs.ts'
import { fc } from '../support/property.ts'
import { anything } from './anything.ts'
import { published } from './publication.ts'
import { samples } from './samples.ts'
import { type Documents, validate } from './schema.ts'
import { describeWithReference, referenceText } from './shared.ts'

const repository = { url: 'https://kura.example', name: { ja: '蔵リポジトリ', en: 'Kura Repository' } }

/** The schema of each format that is XML, a path below `xsd/`. */
const SCHEMAS: { readonly [id: string]: string } = {
  'jpcoar_2.0': 'jpcoar/2.0/jpcoar_scm.xsd',
  'jpcoar_2.1': 'jpcoar/2.1/jpcoar_scm.xsd',
  oai_dc: 'oai/oai_dc.xsd',
  datacite: 'datacite-4.6/metadata.xsd',
}
const formats = outputs.filter(({ extension }) => extension.endsWith('.xml'))
const schemaOf = (id: string) => SCHEMAS[id] ?? `no schema for ${id}`

const named = (items: Dissemination[], write: (item: Dissemination) => string): Documents =>
  Object.fromEntries(items.map((item, index) => [`${index}.xml`, write(item)]))

describeWithReference('a document that is taken along', () => {
  it.each(formats)('is of the namespace that the schema of $name is for', ({ id, profile }) => {
    expect(referenceText(`xsd/${schemaOf(id)}`)).toContain(`targetNamespace="${profile}"`)
  })

  it.each(formats)('is valid for each official sample, published, as $name', async ({ id, write }) => {
    const documents = Object.fromEntries(samples.map((name) => [name, write(published(name), repository)]))
    expect(await validate(schemaOf(id), documents)).toEqual([])
  })

  it.each(formats)('is valid for every record of the model, published, as $name', async ({ id, write }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 8 }), async (items) => {
        expect(
          await validate(
            schemaOf(id),
            named(items, (item) => write(item, repository)),
          ),
        ).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})

describeWithReference('this check', () => {
  it.each(formats)('finds what is wrong in a document of $name', async ({ id, write }) => {
    const [sample = ''] = samples
    const wrong = write(published(sample), repository).replaceAll(/(dc:)?language>/g, '$1tongue>')
    expect(await validate(schemaOf(id), { 'wrong.xml': wrong })).toEqual([
      expect.stringMatching(/^wrong\.xml:\d+: .*tongue/),
    ])
  })
})
