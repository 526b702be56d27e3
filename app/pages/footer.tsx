import type { Child } from 'hono/jsx'
import { webAddress } from './links.ts'
import { ownPages } from './own-texts.ts'
import { addressOf, localized, type PageContext } from './page.ts'
import { Run, wordsOf } from './parts.tsx'

/** Who runs the site, what it says of itself, how programs read it, and where else to go. */
export function Footer({ page }: { page: PageContext }) {
  const words = wordsOf(page)
  const { name, contact, links, partOf } = page.institution
  return (
    <footer class="site-footer">
      <div class="frame">
        <div class="whose">
          <p>
            <Run text={localized(name, page.language)} page={page} />
          </p>
          {partOf && (
            <p>
              {words.partOf}
              <a href={webAddress(partOf.url)}>
                <Run text={localized(partOf.label, page.language)} page={page} />
              </a>
            </p>
          )}
          <p>
            {words.contact}
            {words.colon}
            <a href={`mailto:${contact}`}>{contact}</a>
          </p>
          <p class="printed-address">{addressOf(page)}</p>
        </div>
        <Links label={words.aboutSite} links={ownPages(page).map(({ path, title }) => <a href={path}>{title}</a>)} />
        <Links
          label={words.links}
          links={links.map(({ label, url }) => (
            <a href={webAddress(url)}>
              <Run text={localized(label, page.language)} page={page} />
            </a>
          ))}
        />
        <Links
          label={words.forPrograms}
          links={[
            <a href="/feed.atom">{words.newItemsBy('Atom')}</a>,
            <a href="/feed.rss">{words.newItemsBy('RSS')}</a>,
            <a href="/api">{words.apiName}</a>,
            <>
              OAI-PMH{words.colon}
              <a href="/oai?verb=Identify">{`${page.url}/oai`}</a>
            </>,
          ]}
        />
      </div>
    </footer>
  )
}

function Links({ label, links }: { label: string; links: Child[] }) {
  if (links.length === 0) return null
  return (
    <nav aria-label={label}>
      <ul>
        {links.map((link) => (
          <li>{link}</li>
        ))}
      </ul>
    </nav>
  )
}
