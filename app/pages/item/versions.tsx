import type { Dissemination } from '../../items/dissemination.ts'
import { formatDay } from '../format.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'

/** On the page of a version: which one it is, and the way to the item as it stands. */
export function VersionBanner({ d, page }: { d: Dissemination; page: PageContext }) {
  if (!d.version) return null
  const words = wordsOf(page)
  const { version, madeAt } = d.version
  return (
    <p class="notice">
      {words.versionBanner(String(version), formatDay(madeAt, page.timeZone, page.language))}{' '}
      <a href={`/items/${d.number}`}>{words.toCurrent}</a>
    </p>
  )
}

/** All versions that can be cited, and the item as it stands. */
export function Versions({ d, page }: { d: Dissemination; page: PageContext }) {
  if (d.versions.length === 0) return null
  const words = wordsOf(page)
  const entries = [
    { name: words.currentVersion, href: `/items/${d.number}`, shown: d.version === undefined },
    ...d.versions.map(({ version, madeAt }) => ({
      name: `${words.version(String(version))} · ${formatDay(madeAt, page.timeZone, page.language)}`,
      href: `/items/${d.number}/versions/${version}`,
      shown: d.version?.version === version,
    })),
  ]
  return (
    <section class="versions">
      <h2>{words.versions}</h2>
      <ul>
        {entries.map(({ name, href, shown }) => (
          <li>{shown ? <span aria-current="page">{words.thisVersion(name)}</span> : <a href={href}>{name}</a>}</li>
        ))}
      </ul>
    </section>
  )
}
