import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { fetchLocal } from '../../app/cli/localhost.ts'
import { PlainError } from '../../app/cli/plain-error.ts'
import type { Target } from '../../app/cli/target.ts'

const Label = z.strictObject({ ja: z.string(), en: z.string() })
/** Sources of the examples that lie there. */
const items = z.array(z.string()).default([])

/** A collection of the examples, with what lies in it. */
const Example = z.strictObject({
  name: Label,
  kind: z.enum(['list', 'contents']).default('list'),
  public: z.boolean().default(true),
  items,
  headings: z.array(z.strictObject({ name: Label, items })).default([]),
  get collections() {
    return z.array(Example).default([])
  },
})
type Example = z.infer<typeof Example>

const Known = z.object({ id: z.int(), name: z.object({ ja: z.string() }) })

/**
 * Makes the collections that a file describes, those that are not there yet, and puts the examples into them.
 *
 * @param numbers of the examples' items, by source.
 */
export async function makeCollections(target: Target, file: string, numbers: Map<string, number>): Promise<void> {
  if (!existsSync(file)) return
  const placings = new Map<string, { collection: number; heading?: number | undefined }[]>()
  const putInto = (collection: number, sources: string[], heading?: number) => {
    for (const source of sources) placings.set(source, [...(placings.get(source) ?? []), { collection, heading }])
  }

  const makeAll = async (examples: Example[], parent: number | null) => {
    const there = await call(target, 'GET', `/collections${parent === null ? '' : `?parent=${parent}`}`)
    const { collections: known } = z.object({ collections: z.array(Known) }).parse(there)
    for (const { name, kind, public: open, items, headings, collections } of examples) {
      const found = known.find((each) => each.name.ja === name.ja)?.id
      const made = await (found === undefined
        ? call(target, 'POST', '/collections', {
            parent,
            name,
            kind,
            public: open,
            headings: headings.map(({ name }) => ({ name })),
          })
        : call(target, 'GET', `/collections/${found}`))
      const { id, headings: theirs } = Known.extend({ headings: z.array(Known) }).parse(made)
      putInto(id, items)
      for (const heading of headings)
        putInto(id, heading.items, theirs.find((each) => each.name.ja === heading.name.ja)?.id)
      await makeAll(collections, id)
    }
  }
  await makeAll(z.array(Example).parse(JSON.parse(readFileSync(file, 'utf8'))), null)
  for (const [source, collections] of placings) {
    const number = numbers.get(source)
    if (number === undefined) throw new PlainError(`${file}: there is no example ${source}.`)
    await call(target, 'PUT', `/items/${number}/collections`, { collections })
  }
}

async function call({ url, token }: Target, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetchLocal(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new PlainError(`${method} ${response.url} answered ${response.status}: ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}
