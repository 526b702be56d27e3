import { z } from 'zod'
import { Record } from '../../../records/model.ts'
import { Parameters as Any } from '../../parameters.ts'

/** What a row says beside its record. */
export const Parameters = Any.omit({ collections: true }).extend({
  formerAddresses: z.array(z.string().min(1).max(2_000)).max(100).optional(),
})

/** A place of the model, as columns are led through it. */
export interface Place {
  type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'
  enum?: readonly string[]
  properties?: { readonly [name: string]: Place }
  items?: Place
  pattern?: string
}

const propertiesOf = (schema: z.ZodType) =>
  (z.toJSONSchema(schema, { metadata: z.registry() }) as unknown as Place).properties

/** Everything that a row can say: the record model and the parameters, side by side. */
export const TABLE: Place = { type: 'object', properties: { ...propertiesOf(Parameters), ...propertiesOf(Record) } }

/** Whether a place takes days: 2026-03-18 and not any word. (Of the day of a degree the schema holds no pattern.) */
export const takesDates = (name: string, { pattern }: Place) =>
  name === 'dateGranted' || (pattern !== undefined && new RegExp(pattern).test('2026-03-18'))

/** What a list's column is called: one of its members. */
export const singular = (name: string) => (name === 'rights' ? name : name.replace(/(?<=ss)es$|s$/, ''))

/** The field that is meant where a column names an object and stops there: the value itself, or the names. */
export const mainField = ({ properties = {} }: Place) =>
  ['value', 'term', 'names', 'funderNames', 'uri'].find((name) => name in properties)
