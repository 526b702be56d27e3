import { z } from 'zod'
import { Problem } from '../../platform/problem.ts'
import { readJpcoar } from '../../records/index.ts'
import { noFiles } from '../incoming.ts'
import { collections, formerAddresses, oaiIdentifier, publicationDate, source } from '../parameters.ts'
import type { Input } from './index.ts'
import { LONGEST_XML } from './record-xml.ts'

const Query = z.strictObject({
  source,
  number: z.coerce.number().int().min(1).max(99_999_999).optional(),
  oaiIdentifier: oaiIdentifier.optional(),
  publicationDate: publicationDate.optional(),
  /** Ids, with commas between them. */
  collections: z
    .string()
    .transform((ids): z.input<typeof collections> => ids.split(',').map(Number))
    .pipe(collections)
    .optional(),
  /** May be given several times. */
  formerAddresses: formerAddresses.optional(),
})

/** One record as XML; the query says what a line of JSON would say beside it. */
export const xml: Input = {
  types: ['application/xml', 'text/xml'],
  async *read({ body, query, queries: { formerAddresses } }) {
    const parameters = Query.safeParse({ ...query, formerAddresses })
    if (!parameters.success) throw new Problem(422, 'Invalid', z.prettifyError(parameters.error))
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > LONGEST_XML) throw new Problem(413, 'Too large', `A record may have ${LONGEST_XML} bytes at most.`)
      chunks.push(chunk)
    }
    yield { ...parameters.data, reading: readJpcoar(Buffer.concat(chunks)), files: noFiles }
  },
}
