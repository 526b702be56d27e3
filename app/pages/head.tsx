import type { Site } from '../tenancy/schema.ts'
import { GROUNDS } from './colour.ts'
import { messages } from './languages/index.ts'
import { logoAddress } from './links.ts'
import { addressOf, localized, type PageContext } from './page.ts'
import { wordsOf } from './parts.tsx'

/** What the head of every page holds for browsers, feed readers and link previews. */

/** Where else the institution can be followed and searched from. */
export function WhereElse({ page }: { page: PageContext }) {
  const name = localized(page.institution.name, page.language).value
  return (
    <>
      <link
        rel="alternate"
        type="application/atom+xml"
        title={`${name} – ${wordsOf(page).newItems}`}
        href="/feed.atom"
      />
      <link rel="search" type="application/opensearchdescription+xml" title={name} href="/opensearch.xml" />
    </>
  )
}

/** Icon, and the colours of what a browser draws around a page. */
export function Icons({ institution: { logo, colour, accent } }: { institution: Site }) {
  return (
    <>
      {logo && isSquare(logo) ? (
        <link rel="icon" type={logo.type} href={logoAddress(logo)} />
      ) : (
        <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
      )}
      <meta name="theme-color" content={accent ?? colour} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={GROUNDS.dark[0]} media="(prefers-color-scheme: dark)" />
    </>
  )
}

/** A wide one would be a line of dust at the size of an icon. */
const isSquare = ({ width, height }: { width: number; height: number }) => Math.abs(Math.log(width / height)) < 0.25

interface PreviewProps {
  page: PageContext
  title: string
  description: string | undefined
}

/** What a link to the page looks like elsewhere (the Open Graph protocol). */
export function Preview({ page, title, description }: PreviewProps) {
  const { name, logo } = page.institution
  // What shows previews draws no SVG.
  const picture = logo && logo.type !== 'image/svg+xml' ? `${page.url}${logoAddress(logo)}` : undefined
  return (
    <>
      <meta property="og:type" content="website" />
      <meta property="og:url" content={addressOf(page)} />
      <meta property="og:site_name" content={localized(name, page.language).value} />
      <meta property="og:title" content={title} />
      <meta property="og:locale" content={messages[page.language].locale.replace('-', '_')} />
      {description && <meta property="og:description" content={description} />}
      {picture && <meta property="og:image" content={picture} />}
    </>
  )
}
