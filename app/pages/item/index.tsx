import type { CollectionName } from '../../collections/index.ts'
import type { Dissemination } from '../../items/dissemination.ts'
import type { Record } from '../../records/model.ts'
import { Path } from '../collections/names.tsx'
import { document } from '../layout.tsx'
import type { PageContext } from '../page.ts'
import { Access, Facts, wordsOf } from '../parts.tsx'
import { arrange, langAttribute, preferred } from '../text.ts'
import { bibliography, catalog, details } from './facts.tsx'
import { Files } from './files.tsx'
import { Byline, CreatorsInDetail } from './people.tsx'
import { Title, titleOf } from './title.tsx'
import { VersionBanner, Versions } from './versions.tsx'

/**
 * The page of an item, or of a version of it.
 *
 * @param paths the collections that the item lies in, each with those above it.
 */
export function renderItem(page: PageContext, d: Dissemination, paths: CollectionName[][] = []): string {
  const words = wordsOf(page)
  const { record } = d
  return document({
    page,
    title: titleOf(record.titles, page),
    description: summaryOf(record, page),
    children: (
      <article class="item">
        <VersionBanner d={d} page={page} />
        <header class="item-header">
          <p class="kicker">
            <span>{words.terms.resourceTypes[record.type.term]}</span>
            <Access right={d.access.right} until={d.access.until} page={page} />
          </p>
          <Title titles={record.titles} page={page} />
          <Byline creators={record.creators} page={page} />
          <CreatorsInDetail creators={record.creators} page={page} />
        </header>
        <div class="columns">
          <div class="reading">
            <Files d={d} page={page} />
            <Descriptions descriptions={record.descriptions} page={page} />
          </div>
          <aside>
            <section>
              <h2>{words.atAGlance}</h2>
              <Facts facts={bibliography(record, page)} />
            </section>
            <Collections paths={paths} page={page} />
            <Versions d={d} page={page} />
          </aside>
          <section class="details">
            <h2>{words.details}</h2>
            <Facts facts={details(d, page)} />
            <Facts facts={catalog(record, page)} />
          </section>
        </div>
      </article>
    ),
  })
}

function Collections({ paths, page }: { paths: CollectionName[][]; page: PageContext }) {
  if (paths.length === 0) return null
  return (
    <section class="paths">
      <h2>{wordsOf(page).collections}</h2>
      {paths.map((path) => (
        <Path path={path} page={page} />
      ))}
    </section>
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
