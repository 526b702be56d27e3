import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { stylesheetAddress, themeAddress } from './assets.ts'
import { Footer } from './footer.tsx'
import { Icons, Preview, WhereElse } from './head.tsx'
import { messages } from './languages/index.ts'
import { logoAddress } from './links.ts'
import { addressOf, localized, type PageContext } from './page.ts'
import { Run, wordsOf } from './parts.tsx'
import { type Script, scriptAddress } from './scripts.ts'

/**
 * A row of which half has come moves when the rest does: nothing is shown before the page, which is small, has come to its
 * end (HTML, the link type “expect”). As text, because Hono's `link` keeps the attribute `blocking` to itself.
 */
const WHOLE = raw('<link rel="expect" href="#end" blocking="render">')

interface LayoutProps {
  page: PageContext
  /** Of the page. The front page has none: the institution's name is its title and heading. */
  title?: string
  /** What search engines and link previews show, in a sentence or two. */
  description?: string | undefined
  /** Whether this address is one to keep: pages that say what went wrong are not. */
  lasting?: boolean
  /** What the search field holds; `null` where the page has a field of its own. */
  query?: string | null
  /** Scripts that make the page better; it is whole without them. */
  scripts?: Script[]
  /** What else the head holds. */
  head?: Child
  children?: Child
}

/** A whole document: `<!DOCTYPE html>` and on. */
export function document({
  page,
  title,
  description,
  lasting = true,
  query = '',
  scripts = [],
  head,
  children,
}: LayoutProps): string {
  const words = wordsOf(page)
  const name = localized(page.institution.name, page.language)
  const html = (
    <html lang={page.language}>
      <head>
        <meta charset="utf-8" />
        <title>{title === undefined ? name.value : `${title} | ${name.value}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {description && <meta name="description" content={description} />}
        {lasting ? (
          <>
            <Addresses page={page} />
            <Preview page={page} title={title ?? name.value} description={description} />
          </>
        ) : (
          <meta name="robots" content="noindex" />
        )}
        <WhereElse page={page} />
        <Icons institution={page.institution} />
        {WHOLE}
        <link rel="stylesheet" href={stylesheetAddress} />
        <link rel="stylesheet" href={themeAddress(page.institution)} />
        {scripts.map((script) => (
          <script type="module" src={scriptAddress(script)} />
        ))}
        {head}
      </head>
      <body>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <header class="site-header">
          <div class="frame">
            {title === undefined ? (
              <h1 class="site-name">
                <Emblem page={page} />
              </h1>
            ) : (
              <a class="site-name" href="/">
                <Emblem page={page} />
              </a>
            )}
            {query !== null && <SearchForm page={page} query={query} class="search" />}
            <Languages page={page} />
          </div>
        </header>
        <main id="content" class="frame" tabindex={-1}>
          {children}
        </main>
        <Footer page={page} />
        <div id="end" hidden />
      </body>
    </html>
  )
  return `<!DOCTYPE html>\n${html}`
}

/** Canonical address, and the same page in the institution's other languages. */
function Addresses({ page }: { page: PageContext }) {
  const { languages } = page.institution
  return (
    <>
      <link rel="canonical" href={addressOf(page)} />
      {languages.length > 1 && (
        <>
          {languages.map((language) => (
            <link rel="alternate" hreflang={language} href={addressOf(page, language)} />
          ))}
          <link rel="alternate" hreflang="x-default" href={addressOf(page)} />
        </>
      )}
    </>
  )
}

export function SearchForm({ page, query, class: className }: { page: PageContext; query: string; class: string }) {
  const words = wordsOf(page)
  return (
    <search class={className}>
      <form action="/search">
        <input name="q" type="search" value={query} aria-label={words.searchLabel} placeholder={words.searchHint} />
        <button type="submit">{words.search}</button>
      </form>
    </search>
  )
}

/** The page in the other languages; an institution with one language has no switch. */
function Languages({ page }: { page: PageContext }) {
  const others = page.institution.languages.filter((language) => language !== page.language)
  if (others.length === 0) return null
  return (
    <nav class="languages" aria-label={wordsOf(page).languages}>
      {others.map((language) => (
        <a href={addressOf(page, language)} lang={language} hreflang={language}>
          {messages[language].name}
        </a>
      ))}
    </nav>
  )
}

/** Pixels that a logo is high. Its width follows, so that nothing moves when it has come. */
const LOGO_HEIGHT = 40

/** Logo and name. The name is said in words, so the logo need not say it once more. */
function Emblem({ page }: { page: PageContext }) {
  const { logo, name } = page.institution
  return (
    <>
      {logo && (
        <img
          class="logo"
          src={logoAddress(logo)}
          alt=""
          width={Math.round((logo.width / logo.height) * LOGO_HEIGHT)}
          height={LOGO_HEIGHT}
        />
      )}
      <span>
        <Run text={localized(name, page.language)} page={page} />
      </span>
    </>
  )
}
