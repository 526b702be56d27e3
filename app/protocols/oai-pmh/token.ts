import { z } from 'zod'

/**
 * A resumption token: what was asked, and after which place the list goes on. It is all that a next page needs, so the
 * repository keeps nothing, and a token never expires. It is for nobody to understand, but nobody's harm if somebody
 * does: it can ask for nothing that a first request could not.
 */
const Resumption = z.strictObject({
  verb: z.enum(['ListRecords', 'ListIdentifiers', 'ListSets']),
  after: z.int().min(1),
  metadataPrefix: z.string().optional(),
  from: z.string().optional(),
  until: z.string().optional(),
  set: z.string().optional(),
})
export type Resumption = z.infer<typeof Resumption>

export const writeToken = (resumption: Resumption) => Buffer.from(JSON.stringify(resumption)).toString('base64url')

/** What a token says; nothing if no list can have given it. What it asks for is still to be checked. */
export function readToken(token: string): Resumption | undefined {
  if (!/^[\w-]+$/.test(token)) return undefined
  try {
    return Resumption.safeParse(JSON.parse(Buffer.from(token, 'base64url').toString())).data
  } catch {
    return undefined
  }
}
