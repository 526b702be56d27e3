import type { Child } from 'hono/jsx'
import type { Document } from '../../api/index.ts'
import { referenceAddress } from '../assets.ts'
import { document as html } from '../layout.tsx'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { Introduction } from './introduction.tsx'
import { Call, Operation } from './operation.tsx'
import type { Part } from './parts.ts'
import { Said, saying } from './said.tsx'
import { Fields } from './schema.tsx'

interface Reference {
  document: Document
  parts: Part[]
}

/** What there is to know before the first call, and all operations by part. */
export function renderIntroduction(page: PageContext, { document, parts }: Reference): string {
  const words = wordsOf(page).api
  return frame(page, { title: words.title, parts }, [
    <h1>{words.title}</h1>,
    <Introduction page={page} document={document} />,
    <section class="operations" aria-labelledby="operations">
      <h2 id="operations">{words.operations}</h2>
      {parts.map(({ slug, name, description, operations }) => (
        <section aria-labelledby={`part-${slug}`}>
          <h3 id={`part-${slug}`}>
            <a href={`/api/${slug}`}>
              <Said text={name} page={page} />
            </a>
          </h3>
          <p>
            <Said text={description} page={page} />
          </p>
          <ul>
            {operations.map((operation) => (
              <li>
                <a href={`/api/${slug}#${operation.id}`}>
                  <Said text={operation.summary} page={page} />
                </a>
                <Call {...operation} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>,
  ])
}

/** The operations of a part. */
export function renderPart(page: PageContext, { document, parts }: Reference, part: Part): string {
  const name = saying(part.name, page)
  const here = part.operations.map(({ id, summary }) => ({ id, name: <Said text={summary} page={page} /> }))
  return frame(page, { title: name, parts, slug: part.slug, here }, [
    <h1>
      <Said text={part.name} page={page} />
    </h1>,
    <p>
      <Said text={part.description} page={page} />
    </p>,
    ...part.operations.map((operation) => <Operation operation={operation} document={document} page={page} />),
  ])
}

/** All named schemas. */
export function renderSchemas(page: PageContext, { document, parts }: Reference): string {
  const words = wordsOf(page).api
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const here = schemas.map(([name]) => ({ id: name, name }))
  return frame(page, { title: words.schemas, parts, slug: SCHEMAS, here }, [
    <h1>{words.schemas}</h1>,
    <p>{words.schemasText}</p>,
    ...schemas.map(([name, schema]) => (
      <section class="operation" id={name} aria-labelledby={`${name}-name`}>
        <h2 id={`${name}-name`}>{name}</h2>
        {schema.description !== undefined && (
          <p>
            <Said text={schema.description} page={page} />
          </p>
        )}
        <Fields schema={schema} document={document} page={page} />
      </section>
    )),
  ])
}

/** The page of the schemas, beside those of the parts. */
export const SCHEMAS = 'schemas'

interface Frame {
  title: string
  parts: Part[]
  /** The page that this is; the introduction has none. */
  slug?: string
  /** What can be gone to on this page. */
  here?: { id: string; name: Child }[]
}

function frame(page: PageContext, { title, parts, slug, here = [] }: Frame, content: Child[]): string {
  const words = wordsOf(page).api
  const pages = [
    { address: '/api', slug: undefined, name: <>{words.introduction}</> },
    ...parts.map((part) => ({
      address: `/api/${part.slug}`,
      slug: part.slug,
      name: <Said text={part.name} page={page} />,
    })),
    { address: `/api/${SCHEMAS}`, slug: SCHEMAS, name: <>{words.schemas}</> },
  ]
  return html({
    page,
    title: slug === undefined ? title : `${title} | ${words.title}`,
    description: words.description,
    head: <link rel="stylesheet" href={referenceAddress} />,
    children: (
      <div class="reference">
        <nav aria-label={words.title}>
          <ul>
            {pages.map(({ address, slug: each, name }) => (
              <li>
                {each === slug ? (
                  <a href={address} aria-current="page">
                    {name}
                  </a>
                ) : (
                  <a href={address}>{name}</a>
                )}
                {each === slug && here.length > 0 && (
                  <ul>
                    {here.map(({ id, name }) => (
                      <li>
                        <a href={`#${id}`}>{name}</a>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </nav>
        <div class="reference-content">{content}</div>
      </div>
    ),
  })
}
