import type { CollectionName } from '../../collections/index.ts'
import type { Dissemination } from '../../items/dissemination.ts'
import { type ItemSummary, issuedOf } from '../../items/summary.ts'
import { citeAs } from '../../protocols/signposting/index.ts'
import type { Record } from '../../records/model.ts'
import type { Uses } from '../../statistics/index.ts'
import { Path } from '../collections/names.tsx'
import { formatNumber } from '../format.ts'
import { document } from '../layout.tsx'
import type { PageContext } from '../page.ts'
import { Access, Day, Facts, Folded, Run, wordsOf } from '../parts.tsx'
import { Summaries } from '../summaries.tsx'
import { arrange, langAttribute, preferred } from '../text.ts'
import { Citing } from './citing.tsx'
import { bibliography, catalog, details, placeInSource } from './facts.tsx'
import { Files } from './files.tsx'
import { ItemHead } from './head.tsx'
import { Byline, CreatorsInDetail } from './people.tsx'
import { Title, titleOf } from './title.tsx'
import { VersionBanner, Versions } from './versions.tsx'

/** What stands on an item's page that is not of the item itself. */
interface Surroundings {
  /** The collections that it lies in, each with those above it. */
  paths?: CollectionName[][]
  related?: ItemSummary[]
  uses?: Uses
}

/** The page of an item, or of a version of it. */
export function renderItem(page: PageContext, d: Dissemination, { paths = [], related = [], uses }: Surroundings = {}) {
  const words = wordsOf(page)
  const { record } = d
  const glance = bibliography(record, page)
  return document({
    page,
    title: titleOf(record.titles, page),
    description: summaryOf(record, page),
    scripts: ['item'],
    head: <ItemHead d={d} page={page} />,
    children: (
      <article class="item">
        <VersionBanner d={d} page={page} />
        <header class="item-header">
          <p class="kicker">
            <span>{words.terms.resourceTypes[record.type.term]}</span>
            <Access right={d.access.right} until={d.access.until} page={page} />
          </p>
          <Title titles={record.titles} page={page} />
          <Byline record={record} page={page} />
          <CreatorsInDetail creators={record.creators} page={page} />
          <Imprint d={d} page={page} />
        </header>
        <div class="columns">
          <div class="reading">
            <Files d={d} page={page} />
            <Descriptions descriptions={record.descriptions} page={page} />
            <Citing d={d} page={page} />
          </div>
          <aside>
            {glance.some(({ values }) => values.length > 0) && (
              <section>
                <h2>{words.atAGlance}</h2>
                <Facts facts={glance} />
              </section>
            )}
            <Collections paths={paths} page={page} />
            <Versions d={d} page={page} />
            <UsesInFigures uses={uses} page={page} />
          </aside>
          <section class="details">
            <h2>{words.details}</h2>
            <Facts facts={details(d, page)} />
            <Facts facts={catalog(record, page)} />
          </section>
        </div>
        {related.length > 0 && (
          <section class="related-items">
            <h2>{words.relatedItems}</h2>
            <Summaries items={related} page={page} />
          </section>
        )}
      </article>
    ),
  })
}

/** Where and when it came out, and its DOI: what readers know a work by. */
function Imprint({ d, page }: { d: Dissemination; page: PageContext }) {
  const { record } = d
  const source = preferred(record.sourceTitles, page.language)
  const place = placeInSource(record, page)
  const issued = issuedOf(record)
  const address = citeAs(d)
  if (!source && !issued && address === d.url) return null
  return (
    <p class="imprint">
      {source && (
        <span>
          <Run text={source} page={page} /> <span class="figure">{place}</span>
        </span>
      )}
      {issued && <Day value={issued} page={page} />}
      {address !== d.url && <a href={address}>{address}</a>}
    </p>
  )
}

/** Ways to collections before the fold: each takes some lines. */
const PATHS = 5

function Collections({ paths, page }: { paths: CollectionName[][]; page: PageContext }) {
  if (paths.length === 0) return null
  const words = wordsOf(page)
  return (
    <section class="paths">
      <h2>{words.collections}</h2>
      <Folded
        class="path-list"
        entries={paths.map((path) => <Path path={path} page={page} />)}
        after={PATHS}
        more={(count) => words.moreCollections(formatNumber(count, page.language))}
      />
    </section>
  )
}

/** How often it was looked at and fetched, once it was. */
function UsesInFigures({ uses, page }: { uses: Uses | undefined; page: PageContext }) {
  if (!uses || uses.views + uses.downloads === 0) return null
  const words = wordsOf(page)
  return (
    <p class="uses">
      <span>{words.views(formatNumber(uses.views, page.language))}</span>
      <span>{words.downloads(formatNumber(uses.downloads, page.language))}</span>
    </p>
  )
}

/** Abstracts first, then methods, contents and the rest; within each kind, the page's language first. */
function Descriptions({ descriptions, page }: { descriptions: Record['descriptions']; page: PageContext }) {
  const kinds = Map.groupBy(
    descriptions.filter(({ value }) => value !== ''),
    ({ type }) => type,
  )
  return (
    <>
      {[...kinds]
        .sort(([one], [other]) => Number(other === 'Abstract') - Number(one === 'Abstract'))
        .map(([type, texts]) => {
          const { chosen, others, readings } = arrange(texts, page.language)
          return (
            <section class="description">
              <h2>{wordsOf(page).terms.descriptionTypes[type]}</h2>
              {[...chosen, ...others, ...readings].map(({ value, lang }) => (
                <p lang={langAttribute(lang, page.language)} dir="auto">
                  {value}
                </p>
              ))}
            </section>
          )
        })}
    </>
  )
}

/** Characters of a description that search engines show. */
const SHOWN = 200

function summaryOf({ descriptions }: Record, page: PageContext): string | undefined {
  const abstracts = descriptions.filter(({ type }) => type === 'Abstract')
  const text = preferred(abstracts.length > 0 ? abstracts : descriptions, page.language)
  return text && [...text.value.replaceAll(/\s+/g, ' ')].slice(0, SHOWN).join('')
}
