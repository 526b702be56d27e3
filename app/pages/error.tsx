import type { Language } from '../tenancy/schema.ts'
import { stylesheetAddress } from './assets.ts'
import { messages } from './languages/index.ts'
import { document } from './layout.tsx'
import type { PageContext } from './page.ts'
import { wordsOf } from './parts.tsx'
import { langAttribute } from './text.ts'

/** Why there is no page: 404, 500, 503, 429, 410 for good, and any other 4xx. */
export type ErrorReason = 'not-found' | 'unexpected' | 'unavailable' | 'too-many' | 'closed' | 'refused'

interface PageError {
  reason: ErrorReason
  /** What to quote when asking for help: the request's id in the logs. */
  reference?: string
}

/** What went wrong and what to do. Without a context (no institution can be named) it says so in every language. */
export function renderError(page: PageContext | undefined, error: PageError): string {
  if (page === undefined) return namelessError(error)
  const words = wordsOf(page)
  const { title, text } = words.errors[error.reason]
  return document({
    page,
    title,
    lasting: false,
    // Where nothing is served, searching leads nowhere either.
    query: error.reason === 'closed' || error.reason === 'unavailable' ? null : '',
    children: (
      <div class="message">
        <h1>{title}</h1>
        <p>{text}</p>
        <p>{words.askInstitution}</p>
        <Reference error={error} language={page.language} />
        {error.reason === 'not-found' && (
          <p>
            <a href="/">{words.home}</a>
          </p>
        )}
      </div>
    ),
  })
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
        <link rel="stylesheet" href={stylesheetAddress} />
      </head>
      <body>
        <main class="frame">
          <h1>{messages.ja.errors[error.reason].title}</h1>
          {languages.map((language) => (
            <div class="message" lang={langAttribute(language, 'ja')}>
              {language !== 'ja' && <h2>{messages[language].errors[error.reason].title}</h2>}
              <p>{messages[language].errors[error.reason].text}</p>
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
      {words.reference}
      {words.colon}
      <code>{error.reference}</code>
    </p>
  )
}
