import type { Child } from 'hono/jsx'
import type { Document } from '../../api/index.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { curlOf } from './curl.ts'
import type { Answer, Described, Media, Parameter } from './parts.ts'
import { Said } from './said.tsx'
import { About, Fields, Type } from './schema.tsx'

interface OperationProps {
  operation: Described
  document: Document
  page: PageContext
}

/** How an operation is called: method and path. */
export function Call({ method, path }: Pick<Described, 'method' | 'path'>) {
  return (
    <code class="call">
      <span class={`method method-${method.toLowerCase()}`}>{method}</span> {path}
    </code>
  )
}

export function Operation({ operation, document, page }: OperationProps) {
  const words = wordsOf(page).api
  const { id, summary, description, scope, parameters, bodies, answers, usual } = operation
  return (
    <section class="operation" id={id} aria-labelledby={`${id}-name`}>
      <h2 id={`${id}-name`}>
        <Said text={summary} page={page} />
      </h2>
      <p>
        <Call {...operation} />
      </p>
      {description !== undefined && (
        <p>
          <Said text={description} page={page} />
        </p>
      )}
      <p class="quiet">
        {scope === undefined ? (
          words.forAll
        ) : (
          <>
            {words.needs}
            <code>{scope}</code>
          </>
        )}
      </p>
      {parameters.length > 0 && (
        <>
          <h3>{words.parameters}</h3>
          <dl class="fields">
            {parameters.map((parameter) => (
              <ParameterField parameter={parameter} document={document} page={page} />
            ))}
          </dl>
        </>
      )}
      {bodies.length > 0 && (
        <>
          <h3>{words.body}</h3>
          <dl class="fields">
            {bodies.map((media) => (
              <MediaField media={media} document={document} page={page} />
            ))}
          </dl>
        </>
      )}
      <h3>{words.example}</h3>
      <pre class="example">
        <code>{curlOf(page.url, operation)}</code>
      </pre>
      <h3>{words.answers}</h3>
      <dl class="fields answers">
        {answers.map((answer) => (
          <AnswerField answer={answer} document={document} page={page} />
        ))}
      </dl>
      <p class="quiet">
        {words.usual}
        {usual.map((status, index) => (
          <>
            {index > 0 && words.comma}
            <a href={`/api#status-${status}`}>{status}</a>
          </>
        ))}
      </p>
    </section>
  )
}

interface Shown {
  document: Document
  page: PageContext
}

function ParameterField({ parameter, document, page }: Shown & { parameter: Parameter }) {
  const words = wordsOf(page).api
  const { name, in: place, required, description, schema, example } = parameter
  return (
    <div>
      <dt>
        <code>{name}</code>
        <span>
          <Type schema={schema} document={document} page={page} />
        </span>
        <span>{words.places[place] ?? place}</span>
        {required && <span class="required">{words.required}</span>}
      </dt>
      <dd>
        <About schema={schema} description={description} example={example} document={document} page={page} />
      </dd>
    </div>
  )
}

function MediaField({ media: { type, schema }, document, page }: Shown & { media: Media }) {
  return (
    <div>
      <dt>
        <code>{type}</code>
        <span>{schema && <Type schema={schema} document={document} page={page} />}</span>
      </dt>
      <dd>
        {schema && <About schema={schema} document={document} page={page} />}
        {schema && '$ref' in schema && <Fields schema={schema} document={document} page={page} />}
      </dd>
    </div>
  )
}

function AnswerField({ answer, document, page }: Shown & { answer: Answer }) {
  const { status, description, headers, bodies } = answer
  const own = headers.filter((name) => !EVERYWHERE.has(name))
  const words = wordsOf(page).api
  // Problems are all alike: the introduction shows one.
  const given = status < 400 ? bodies : []
  const shown: Child[] = given.map(({ type, schema }) => (
    <>
      <p>
        <code>{type}</code> {schema && <Type schema={schema} document={document} page={page} />}
      </p>
      {schema && '$ref' in schema && (
        <details>
          <summary>{words.fields}</summary>
          <Fields schema={schema} document={document} page={page} />
        </details>
      )}
    </>
  ))
  return (
    <div>
      <dt>
        <code class="status">{status}</code>
      </dt>
      <dd>
        <p>
          <Said text={description} page={page} />
        </p>
        {shown}
        {own.length > 0 && (
          <p class="limits">
            {own.map((name) => (
              <span>
                <code>{name}</code>
              </span>
            ))}
          </p>
        )}
      </dd>
    </div>
  )
}

/** Headers of every answer, which the introduction speaks of. */
const EVERYWHERE = new Set(['X-Request-Id', 'RateLimit', 'RateLimit-Policy'])
