import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Position, SearchQuery, Sort } from './port.ts'

const day = z.iso.date()
const dayNumber = z.int().min(0).max(99_999_999)
/** What an order's key can be. A place that somebody makes up may lie anywhere in it, and gives nothing away. */
const KEYS: { [S in Sort]: z.ZodType<string | number> } = {
  relevance: day,
  published: day,
  newest: dayNumber,
  oldest: dayNumber,
  title: z
    .string()
    .max(200)
    .refine((key) => key.isWellFormed() && !key.includes('\0')),
}

const Place = z.strictObject({
  of: z.string(),
  key: z.union([z.string(), z.number()]),
  item: z.int().min(1).max(2_147_483_647),
  tier: z.number().min(0).max(1e9).optional(),
  state: z
    .string()
    .regex(/^[\w+/=-]{1,1000}$/)
    .optional(),
})

type Asked = Pick<SearchQuery, 'words' | 'chosen' | 'from' | 'to'> & { sort: Sort }

/** A search as the places in its results name it: another search has other places. */
const digest = ({ words, chosen = {}, from, to, sort }: Asked) =>
  createHash('sha256')
    .update(JSON.stringify([words, Object.entries(chosen).sort(), from, to, sort]))
    .digest('base64url')
    .slice(0, 12)

/** A place in the results of a search as an address carries it. */
export const writePlace = (asked: Asked, position: Position): string =>
  Buffer.from(JSON.stringify({ of: digest(asked), ...position })).toString('base64url')

/** What {@link writePlace} wrote for this very search; nothing if it did not. */
export function readPlace(asked: Asked, text: string): Position | undefined {
  if (!/^[\w-]{1,2000}$/.test(text)) return undefined
  try {
    const { of, ...position } = Place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    if (of !== digest(asked) || !KEYS[asked.sort].safeParse(position.key).success) return undefined
    return position
  } catch {
    return undefined
  }
}
