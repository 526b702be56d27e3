import type { Child } from 'hono/jsx'
import type { Document } from '../../api/index.ts'
import { outputs } from '../../records/formats/outputs.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { Said } from './said.tsx'

/** A problem as it comes; the words are those of the item's route. */
const PROBLEM = JSON.stringify(
  { type: 'about:blank', title: 'Not found', status: 404, detail: 'There is no item 7.' },
  null,
  2,
)

/** What holds for all operations. */
export function Introduction({ page, document }: { page: PageContext; document: Document }) {
  const words = wordsOf(page).api
  const address = `${page.url}/api/v1/openapi.json`
  return (
    <>
      <p>{words.lead}</p>
      <section aria-labelledby="base">
        <h2 id="base">{words.base}</h2>
        <p>{words.baseText}</p>
        <pre class="example">
          <code>{`${page.url}/api/v1`}</code>
        </pre>
        <p>
          {words.documentText}
          <a href={address} type="application/json">
            {words.openApi}
          </a>
        </p>
        <p>{words.lastingText}</p>
      </section>
      <section aria-labelledby="tokens">
        <h2 id="tokens">{words.tokens}</h2>
        <p>{words.tokensText}</p>
        <pre class="example">
          <code>authorization: Bearer kura_…</code>
        </pre>
        <dl class="fields">
          {Object.entries(words.scopes).map(([scope, text]) => (
            <div>
              <dt>
                <code>{scope}</code>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="problems">
        <h2 id="problems">{words.problems}</h2>
        <p>{words.problemsText}</p>
        <pre class="example">
          <code>{PROBLEM}</code>
        </pre>
        <h3>{words.statuses}</h3>
        <Statuses page={page} document={document} />
        <p>{words.support}</p>
      </section>
      <Topic name="paging" page={page} />
      <Topic name="conditional" page={page} />
      <Topic name="uploads" page={page}>
        <pre class="example">
          <code>{`${page.url}/api/v1/items/7/uploads`}</code>
        </pre>
      </Topic>
      <Topic name="forms" page={page}>
        <pre class="example">
          <code>{`curl -H 'accept: application/x-bibtex' '${page.url}/items/7'`}</code>
        </pre>
        <dl class="fields">
          {outputs.map(({ id, name, mediaType }) => (
            <div>
              <dt>{name}</dt>
              <dd>
                <code>{mediaType}</code> <code>{`/items/7/metadata/${id}`}</code>
              </dd>
            </div>
          ))}
        </dl>
      </Topic>
      <Topic name="limits" page={page} />
    </>
  )
}

interface TopicProps {
  name: 'paging' | 'conditional' | 'uploads' | 'forms' | 'limits'
  page: PageContext
  children?: Child
}

/** What is to be known of a topic in a few sentences. */
function Topic({ name, page, children }: TopicProps) {
  const words = wordsOf(page).api
  return (
    <section aria-labelledby={name}>
      <h2 id={name}>{words[name]}</h2>
      <p>{words[`${name}Text`]}</p>
      {children}
    </section>
  )
}

/** The answers that the document has for all operations together. */
function Statuses({ page, document }: { page: PageContext; document: Document }) {
  return (
    <dl class="fields answers">
      {Object.entries(document.components?.responses ?? {}).map(([status, answer]) => (
        <div id={`status-${status}`}>
          <dt>
            <code class="status">{status}</code>
          </dt>
          <dd>{'description' in answer && <Said text={answer.description ?? ''} page={page} />}</dd>
        </div>
      ))}
    </dl>
  )
}
