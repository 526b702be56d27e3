import type { Document, Operation } from '../../api/index.ts'

/*
 * The API's document as the reader is laid out: a page for each part, that is for each tag, with its operations. What the
 * document refers to is looked up here, so that pages meet no references but those to named schemas, which are links.
 */

export type Schema = NonNullable<NonNullable<Document['components']>['schemas']>[string]

export interface Part {
  /** Last segment of its address. */
  slug: string
  name: string
  description: string
  operations: Described[]
}

export interface Described {
  /** Its `operationId`, which is its anchor too. */
  id: string
  method: string
  path: string
  summary: string
  description: string | undefined
  /** What a token must be allowed to do; nothing where everybody may call it. */
  scope: string | undefined
  parameters: Parameter[]
  bodies: Media[]
  answers: Answer[]
  /** Statuses that it answers as any operation does. */
  usual: number[]
}

export interface Parameter {
  name: string
  in: string
  required: boolean
  description: string | undefined
  schema: Schema
  example: unknown
}

export interface Media {
  type: string
  schema: Schema | undefined
  example: unknown
}

export interface Answer {
  status: number
  description: string
  headers: string[]
  bodies: Media[]
}

/** The parts of a document that have operations, in reading order. */
export function partsOf(document: Document): Part[] {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as Operation })),
  )
  return (document.tags ?? []).map(({ name, description = '' }) => ({
    slug: name.toLowerCase(),
    name,
    description,
    operations: operations
      .filter(({ operation }) => operation.tags?.includes(name))
      .map(({ path, method, operation }) => describe(document, path, method, operation)),
  }))
}

function describe(document: Document, path: string, method: string, operation: Operation): Described {
  const { operationId = '', summary = '', description, security = [], parameters = [], requestBody } = operation
  const answers = Object.entries(operation.responses ?? {})
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    description,
    scope: security.flatMap((way) => Object.values(way).flat())[0],
    parameters: parameters.flatMap((each) => ('$ref' in each ? [] : [parameterOf(document, each)])),
    bodies: requestBody && 'content' in requestBody ? mediaOf(document, requestBody.content) : [],
    answers: answers.flatMap(([status, answer]) =>
      '$ref' in answer
        ? []
        : [
            {
              status: Number(status),
              description: answer.description ?? '',
              headers: Object.keys(answer.headers ?? {}),
              bodies: mediaOf(document, answer.content ?? {}),
            },
          ],
    ),
    usual: answers.flatMap(([status, answer]) => ('$ref' in answer ? [Number(status)] : [])),
  }
}

type Given = Extract<NonNullable<Operation['parameters']>[number], { name: string }>

function parameterOf(document: Document, { name, in: place, required = false, description, schema = {} }: Given) {
  const { example } = resolve(document, schema)
  return { name, in: place, required, description, schema, example }
}

function mediaOf(document: Document, content: { [type: string]: { schema?: Schema; example?: unknown } }): Media[] {
  return Object.entries(content).map(([type, { schema, example }]) => ({
    type,
    schema,
    example: example ?? (schema && exampleIn(document, schema)),
  }))
}

/** The example that a schema has itself, or the first of those that it may be. */
function exampleIn(document: Document, schema: Schema): unknown {
  const { example, anyOf = [], items } = resolve(document, schema)
  if (example !== undefined) return example
  if (items) {
    const one = exampleIn(document, items)
    return one === undefined ? undefined : [one]
  }
  return anyOf.map((each) => exampleIn(document, each)).find((found) => found !== undefined)
}

/** The schema itself in place of a reference to it. */
export function resolve(document: Document, schema: Schema): Exclude<Schema, { $ref: string }> {
  if (!('$ref' in schema)) return schema
  const found = document.components?.schemas?.[nameIn(schema.$ref)]
  if (found === undefined) throw new Error(`the document has no ${schema.$ref}`)
  return resolve(document, found)
}

/** The name of the schema that a reference leads to. */
export const nameIn = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1)
