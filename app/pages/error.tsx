import type { Language } from '../tenancy/schema.ts'
import { stylesheetAddress } from './assets.ts'
import { formatDate } from './format.ts'
import { guessWords } from './guess.ts'
import { messages } from './languages/index.ts'
import { document, SearchForm } from './layout.tsx'
import type { PageContext } from './page.ts'
import { wordsOf } from './parts.tsx'
import { langAttribute } from './text.ts'

/** Why there is no page. */
export type ErrorReason =
  /** 404 */
  | 'not-found'
  /** 410 */
  | 'gone'
  /** 403, of a file: until a day, and for good. */
  | 'embargoed'
  | 'forbidden'
  /** 409, of a file: until it has passed the scan for viruses. */
  | 'checked'
  /** 429 */
  | 'too-many'
  /** 500 */
  | 'unexpected'
  /** 503, and for good. */
  | 'unavailable'
  | 'closed'
  /** Any other 4xx. */
  | 'refused'

interface PageError {
  reason: ErrorReason
  /** What to quote when asking for help: the request's id in the logs. */
  reference?: string
  /** Day (YYYY-MM-DD) on which an embargo ends. */
  until?: string | undefined
  /** Seconds after which to try again. */
  retryAfter?: number | undefined
}

/** Where nothing is served, searching leads nowhere either. */
const UNSERVED: ErrorReason[] = ['closed', 'unavailable', 'too-many']

/** What went wrong and what to do. Without a context (no institution can be named) it says so in every language. */
export function renderError(page: PageContext | undefined, error: PageError): string {
  if (page === undefined) return namelessError(error)
  const words = wordsOf(page)
  const { title, text } = words.errors[error.reason]
  const lost = error.reason === 'not-found' || error.reason === 'gone'
  return document({
    page,
    title,
    lasting: false,
    query: lost || UNSERVED.includes(error.reason) ? null : '',
    children: (
      <div class="message">
        <h1>{title}</h1>
        <p>{text}</p>
        <WhatToDo error={error} language={page.language} />
        <ToItem page={page} error={error} />
        {lost && <OtherWays page={page} />}
        <p>{words.askInstitution}</p>
        <Reference error={error} language={page.language} />
      </div>
    ),
  })
}

/** What time will change. */
function WhatToDo({ error: { until, retryAfter }, language }: { error: PageError; language: Language }) {
  const words = messages[language]
  return (
    <>
      {until && <p>{words.opensOn(formatDate(until, language))}</p>}
      {retryAfter !== undefined && <p>{words.tryAgainIn(String(retryAfter))}</p>}
    </>
  )
}

/** What is known of the item whose file cannot be read. */
function ToItem({ page, error: { reason } }: { page: PageContext; error: PageError }) {
  const [item] = /^\/items\/\d+(?=\/files\/)/.exec(page.path) ?? []
  if (item === undefined || reason === 'not-found') return null
  return (
    <p>
      <a href={item}>{wordsOf(page).toItem}</a>
    </p>
  )
}

/** Where to look instead: what the address seems to be about, and where everything begins. */
function OtherWays({ page }: { page: PageContext }) {
  const words = wordsOf(page)
  const guess = guessWords(page.path)
  const ways = [
    ['/', words.home],
    ['/search', words.allItems],
    ['/collections', words.allCollections],
  ] as const
  return (
    <>
      <p>{guess === '' ? words.searchHere : words.guessed}</p>
      <SearchForm page={page} query={guess} class="search search-large" />
      <p>{words.otherWays}</p>
      <ul class="bullets">
        {ways.map(([path, text]) => (
          <li>
            <a href={path}>{text}</a>
          </li>
        ))}
      </ul>
    </>
  )
}

function namelessError(error: PageError): string {
  const languages: Language[] = ['ja', 'en']
  const html = (
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <title>{messages.ja.errors[error.reason].title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={stylesheetAddress} />
      </head>
      <body>
        <main class="frame">
          <h1>{messages.ja.errors[error.reason].title}</h1>
          {languages.map((language) => (
            <div class="message" lang={langAttribute(language, 'ja')}>
              {language !== 'ja' && <h2>{messages[language].errors[error.reason].title}</h2>}
              <p>{messages[language].errors[error.reason].text}</p>
              <WhatToDo error={error} language={language} />
              <Reference error={error} language={language} />
            </div>
          ))}
        </main>
      </body>
    </html>
  )
  return `<!DOCTYPE html>\n${html}`
}

function Reference({ error, language }: { error: PageError; language: Language }) {
  if (error.reference === undefined) return null
  const words = messages[language]
  return (
    <p class="quiet">
      {words.referenceNumber}
      {words.colon}
      <code>{error.reference}</code>
    </p>
  )
}
