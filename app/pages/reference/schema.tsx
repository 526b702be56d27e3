import type { Child } from 'hono/jsx'
import type { Document } from '../../api/index.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { nameIn, resolve, type Schema } from './parts.ts'
import { Said } from './said.tsx'

interface SchemaProps {
  schema: Schema
  document: Document
  page: PageContext
}

/** Address of a named schema in the reference. */
const schemaAddress = (name: string) => `/api/schemas#${name}`

/** What kind of value it is, in a few words; a named schema is a link. */
export function Type({ schema, document, page }: SchemaProps): Child {
  const words = wordsOf(page).api
  if ('$ref' in schema) {
    const name = nameIn(schema.$ref)
    return (
      <a class="schema-name" href={schemaAddress(name)}>
        {name}
      </a>
    )
  }
  if (schema.anyOf)
    return schema.anyOf.map((each, index) => (
      <>
        {index > 0 && words.or}
        <Type schema={each} document={document} page={page} />
      </>
    ))
  if (schema.items)
    return (
      <>
        {words.listOf}
        <Type schema={schema.items} document={document} page={page} />
      </>
    )
  const types = [schema.type ?? (schema.allOf ? 'object' : [])].flat()
  return types.map((type) => words.types[schema.format ?? type] ?? words.types[type] ?? type).join(words.or)
}

/** What limits a value, and an example of it, each as a short phrase. */
function limitsOf(schema: Schema, example: unknown, page: PageContext): Child[] {
  if ('$ref' in schema) return []
  const words = wordsOf(page).api
  const say = (count: number | undefined) => count?.toLocaleString(page.language)
  const { minLength, maxLength, minimum, maximum, maxItems, pattern } = schema
  const fallback: unknown = schema.default
  return [
    ...(minLength !== undefined || maxLength !== undefined ? [words.length(say(minLength), say(maxLength))] : []),
    ...(minimum !== undefined || maximum !== undefined ? [words.between(say(minimum), say(maximum))] : []),
    ...(maxItems !== undefined ? [words.most(maxItems.toLocaleString(page.language))] : []),
    ...(example !== undefined && typeof example !== 'object'
      ? [
          <>
            {words.suchAs}
            <code>{String(example)}</code>
          </>,
        ]
      : []),
    ...(pattern !== undefined ? [<code>{pattern}</code>] : []),
    ...(fallback !== undefined && !Array.isArray(fallback) && fallback !== ''
      ? [
          <>
            {words.fallback}
            <code>{String(fallback)}</code>
          </>,
        ]
      : []),
  ]
}

interface AboutProps extends SchemaProps {
  /** In place of the schema's own. */
  description?: string | undefined
  example?: unknown
}

/** What there is to say of a value beside its type. */
export function About({ schema, description, example, document, page }: AboutProps) {
  const own = '$ref' in schema ? undefined : schema.description
  const said = description ?? own
  const limits = limitsOf(schema, [example ?? ('$ref' in schema ? undefined : schema.example)].flat()[0], page)
  const values = valuesOf(schema)
  return (
    <>
      {said !== undefined && (
        <p>
          <Said text={said} page={page} />
        </p>
      )}
      {limits.length > 0 && (
        <p class="limits">
          {limits.map((limit) => (
            <span>{limit}</span>
          ))}
        </p>
      )}
      {values.length > 0 && <Values values={values} page={page} />}
      <Within schema={schema} document={document} page={page} />
    </>
  )
}

function valuesOf(schema: Schema): unknown[] {
  if ('$ref' in schema) return []
  return schema.enum ?? (schema.items ? valuesOf(schema.items) : [])
}

const FOLD_AFTER = 8

function Values({ values, page }: { values: unknown[]; page: PageContext }) {
  const list = (
    <ul class="values">
      {values.map((value) => (
        <li>
          <code>{String(value)}</code>
        </li>
      ))}
    </ul>
  )
  if (values.length <= FOLD_AFTER) return list
  return (
    <details>
      <summary>{wordsOf(page).api.values(String(values.length))}</summary>
      {list}
    </details>
  )
}

/** The fields of what lies within a value: of an object, of a list's members, of what it may be. */
function Within({ schema, document, page }: SchemaProps): Child {
  if ('$ref' in schema) return null
  if (schema.items) return <Within schema={schema.items} document={document} page={page} />
  if (schema.anyOf) return schema.anyOf.map((each) => <Within schema={each} document={document} page={page} />)
  return <Fields schema={schema} document={document} page={page} />
}

/** An object's fields as a definition list, each with the fields in it. */
export function Fields({ schema, document, page }: SchemaProps) {
  const words = wordsOf(page).api
  const fields = fieldsOf(document, schema)
  if (fields.length === 0) return null
  return (
    <dl class="fields">
      {fields.map(({ name, required, schema }) => (
        <div>
          <dt>
            <code>{name}</code>
            <span>
              <Type schema={schema} document={document} page={page} />
            </span>
            {required && <span class="required">{words.required}</span>}
          </dt>
          <dd>
            <About schema={schema} document={document} page={page} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface Field {
  name: string
  required: boolean
  schema: Schema
}

/** Fields of an object, with those of what it extends. */
function fieldsOf(document: Document, schema: Schema): Field[] {
  const { properties = {}, required = [], allOf = [] } = resolve(document, schema)
  return [
    ...allOf.flatMap((each) => fieldsOf(document, each)),
    ...Object.entries(properties).map(([name, schema]) => ({ name, required: required.includes(name), schema })),
  ]
}
