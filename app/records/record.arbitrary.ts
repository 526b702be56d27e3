import { z } from 'zod'
import { fc } from '../../test/support/property.ts'
import { Record } from './model.ts'

/** What a field holds instead of anything that its type allows; `path` is as in `catalog.file.version`. */
export type Special = (path: string) => fc.Arbitrary<unknown> | undefined

/**
 * Records of every kind that the model accepts, made from the model itself, so that a field added to it is tested too.
 */
export function anyRecord(special: Special = () => undefined): fc.Arbitrary<Record> {
  const schema = z.toJSONSchema(Record, { io: 'output', metadata: z.registry() }) as JsonSchema
  const build = (node: JsonSchema, path: string): fc.Arbitrary<unknown> => {
    const given = special(path) ?? (path === 'dateGranted' ? calendarDate : undefined)
    if (given) return given
    if (node.enum) return fc.constantFrom(...node.enum)
    switch (node.type) {
      case 'object': {
        const fields = Object.entries(node.properties ?? {})
        const parts = fields.map(([name, part]) => [name, build(part, path ? `${path}.${name}` : name)])
        return fc.record(Object.fromEntries(parts), {
          requiredKeys: (node.required ?? []) as never[],
          noNullPrototype: true,
        })
      }
      case 'array':
        return fc.array(build(node.items as JsonSchema, path), { minLength: node.minItems ?? 0, maxLength: 2 })
      case 'integer':
        return fc.integer({ min: node.minimum ?? 1, max: node.maximum ?? Number.MAX_SAFE_INTEGER })
      case 'number':
        // JSON knows no -0.
        return fc.double({ min: node.minimum, max: node.maximum, noNaN: true } as object).map((value) => value + 0)
      case 'boolean':
        return fc.boolean()
      case 'string':
        return node.pattern === undefined
          ? text(node.minLength ?? 0)
          : fc.stringMatching(new RegExp(node.pattern), { maxLength: node.maxLength ?? 100 })
      default:
        throw new Error(`The model has at ${path} what this generator does not know: ${JSON.stringify(node)}`)
    }
  }
  return build(schema, '').map((candidate) => Record.parse(candidate))
}

interface JsonSchema {
  type?: string
  enum?: unknown[]
  properties?: { [name: string]: JsonSchema }
  required?: string[]
  items?: JsonSchema
  pattern?: string
  minLength?: number
  maxLength?: number
  minItems?: number
  minimum?: number
  maximum?: number
}

const AWKWARD = [
  '<&>"\'',
  ']]>',
  '蔵 𠮟る',
  'か\u3099',
  '<!-- -->',
  'a\tb',
  'a\nb',
  'a  b',
  '&amp;',
  '\u202e',
  '\u{10ffff}',
]

const text = (minLength: number) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 6 }).filter(isStorable),
      fc.constantFrom(...AWKWARD),
    )
    .filter((value) => value.trim().length >= minLength)

// biome-ignore lint/suspicious/noControlCharactersInRegex: naming the controls is the purpose
const isStorable = (value: string) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(value)

/** A day, month or year that the calendar has. */
export const calendarDate = fc
  .tuple(
    fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    fc.constantFrom(4, 7, 10),
  )
  .map(([date, length]) => date.toISOString().slice(0, length))
