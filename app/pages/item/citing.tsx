import type { Dissemination } from '../../items/dissemination.ts'
import { citeAs } from '../../protocols/signposting/index.ts'
import { type CitationRun, type CitationStyle, citationStyles, cite, outputs } from '../../records/formats/outputs.ts'
import { type PageContext, repositoryOf } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { metadataAddress } from './addresses.ts'

/** How to cite a work: in each style, its lasting address, and as a record for programs that keep literature. */
export function Citing({ d, page }: { d: Dissemination; page: PageContext }) {
  const words = wordsOf(page)
  const address = citeAs(d)
  return (
    <section class="citation">
      <h2>{words.citing}</h2>
      <Citations d={d} page={page} />
      <h3>{words.thisAddress}</h3>
      <p class="copying">
        <a id="address" href={address}>
          {address}
        </a>{' '}
        <CopyButton of="address" words={words.copyAddress} page={page} />
      </p>
      <Exports d={d} page={page} />
    </section>
  )
}

/** All styles are in the page: which of them is shown is chosen without a script. */
function Citations({ d, page }: { d: Dissemination; page: PageContext }) {
  const words = wordsOf(page)
  const cited = citationStyles
    .map((style) => ({ style, runs: cite(d, style, page.language, repositoryOf(page)) }))
    .filter(({ runs }) => runs.length > 0)
  if (cited.length === 0) return null
  const usual = USUAL[page.language]
  return (
    <>
      <fieldset class="citation-styles">
        <legend class="visually-hidden">{words.citationStyle}</legend>
        {cited.map(({ style }) => (
          <label>
            <input type="radio" name="citation-style" value={style} checked={style === usual} />
            {words.citationStyles[style]}
          </label>
        ))}
      </fieldset>
      <div class="citations">
        {cited.map(({ style, runs }) => (
          <p id={`citation-${style}`} class={`citation-text citation-${style}`} dir="auto">
            <Runs runs={runs} />
          </p>
        ))}
      </div>
      <p class="copying">
        <CopyButton of={`citation-${usual}`} words={words.copyCitation} page={page} />
      </p>
    </>
  )
}

/** The style that most readers of a language look for. */
const USUAL: { [L in PageContext['language']]: CitationStyle } = { ja: 'sist02', en: 'apa' }

function Runs({ runs }: { runs: CitationRun[] }) {
  return <>{runs.map(({ text, italic }) => (italic ? <i>{text}</i> : text))}</>
}

/** A button for a script; without one it is not shown. */
function CopyButton({ of, words, page }: { of: string; words: string; page: PageContext }) {
  const { copied, selected } = wordsOf(page)
  return (
    <>
      <button type="button" class="plain scripted" data-copies={of} data-copied={copied} data-selected={selected}>
        {words}
      </button>
      <output />
    </>
  )
}

function Exports({ d, page }: { d: Dissemination; page: PageContext }) {
  // They are of the item as it stands.
  if (outputs.length === 0 || d.version) return null
  return (
    <div class="exports">
      <h3>{wordsOf(page).exports}</h3>
      <ul class="row">
        {outputs.map((format) => (
          <li>
            <a href={metadataAddress(d, format)}>{format.name}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
