import type { Child } from 'hono/jsx'
import type { Excerpt, Preview, TableExcerpt } from '../../files/index.ts'
import type { DisseminatedFile, Dissemination } from '../../items/dissemination.ts'
import { formatMediaType, formatNumber, formatSize } from '../format.ts'
import { document } from '../layout.tsx'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { pdfjsAddress } from '../pdfjs.ts'
import { titleOf } from './title.tsx'

/** What is shown of a file: of text and tables the beginning, of a text nothing where it is none. */
export type Content =
  | { kind: 'text'; excerpt: Excerpt | undefined }
  | { kind: 'table'; table: TableExcerpt }
  | { kind: Exclude<Preview, 'text' | 'table'> }

interface PreviewProps {
  d: Dissemination
  file: DisseminatedFile
  content: Content
}

/**
 * The page on which a file is shown. A script takes what is `.preview` of it into the item's page; without one this is
 * where it is read.
 */
export function renderPreview(page: PageContext, { d, file, content }: PreviewProps): string {
  const words = wordsOf(page)
  const facts = [
    file.type && formatMediaType(file.type),
    file.size !== undefined && formatSize(file.size, page.language),
  ]
  return document({
    page,
    title: words.previewTitle(file.label),
    // The item's address is the one to keep.
    lasting: false,
    scripts: ['item'],
    children: (
      <article class="preview-page">
        <p>
          <a href={d.version ? `/items/${d.number}/versions/${d.version.version}` : `/items/${d.number}`}>
            {words.backToItem}
          </a>
        </p>
        <h1 dir="auto">{file.label}</h1>
        <p class="quiet" dir="auto">
          {titleOf(d.record.titles, page)}
        </p>
        <p class="file-facts">
          {facts.map((fact) => fact && <span>{fact}</span>)}
          <a href={file.url}>{words.openFile}</a>
        </p>
        <div class={`preview preview-${content.kind}`} {...pdfOf(file, content)}>
          <Shown file={file} content={content} page={page} />
        </div>
      </article>
    ),
  })
}

/** What the script needs to draw a PDF. */
const pdfOf = ({ url }: DisseminatedFile, { kind }: Content) =>
  kind === 'pdf' ? { 'data-pdf': pathOf(url), 'data-library': pdfjsAddress } : {}

/** Files are ours: their address below our own host. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

function Shown({ file, content, page }: Omit<PreviewProps, 'd'> & { page: PageContext }): Child {
  const words = wordsOf(page)
  const address = pathOf(file.url)
  switch (content.kind) {
    case 'image':
      return <img src={address} alt={file.label} />
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: what a depositor has made of it is all there is
      return <audio controls preload="metadata" src={address} />
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: likewise
      return <video controls preload="metadata" src={address} />
    case 'pdf':
      return <PdfFrame file={file} page={page} />
    case 'table':
      return <Table table={content.table} file={file} page={page} />
    case 'text':
      if (content.excerpt === undefined) return <p>{words.notShown}</p>
      return <Text excerpt={content.excerpt} file={file} page={page} />
  }
}

/** An empty frame, and tools for what a script draws in it; without one, or where it cannot, the way to the file. */
function PdfFrame({ file, page }: { file: DisseminatedFile; page: PageContext }) {
  const words = wordsOf(page)
  return (
    <>
      <div class="pdf-tools scripted">
        <label>
          {words.pdfPage} <input class="pdf-place" type="number" min="1" value="1" autocomplete="off" />
        </label>
        <span class="pdf-count" />
        <button type="button" class="plain" data-zoom="-1" aria-label={words.smaller}>
          −
        </button>
        <button type="button" class="plain" data-zoom="1" aria-label={words.larger}>
          +
        </button>
      </div>
      <section class="pdf-pages scripted" tabindex={0} aria-label={words.previewOf(file.label)} />
      <p class="pdf-without">
        {words.previewFails} <a href={pathOf(file.url)}>{words.openFile}</a>
      </p>
    </>
  )
}

function Text({ excerpt, file, page }: { excerpt: Excerpt; file: DisseminatedFile; page: PageContext }) {
  const words = wordsOf(page)
  if (excerpt.text === '') return <p>{words.emptyFile}</p>
  return (
    <>
      <section class="preview-scroll" tabindex={0} aria-label={words.previewOf(file.label)}>
        <pre dir="auto">{excerpt.text}</pre>
      </section>
      {excerpt.cut && <p class="quiet">{words.textCut}</p>}
    </>
  )
}

function Table({ table, file, page }: { table: TableExcerpt; file: DisseminatedFile; page: PageContext }) {
  const words = wordsOf(page)
  const { header, rows, moreRows, moreColumns } = table
  const numeric = header.map((_, column) => rows.every((row) => /^[-+−]?[\d.,]*(e[-+]?\d+)?$/i.test(row[column] ?? '')))
  const figure = (column: number) => (numeric[column] ? 'figure' : undefined)
  return (
    <>
      <section class="preview-scroll" tabindex={0} aria-label={words.previewOf(file.label)}>
        <table>
          <thead>
            <tr>
              {header.map((name, column) =>
                // A head without words is none.
                name === '' ? (
                  <td />
                ) : (
                  <th scope="col" class={figure(column)}>
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {row.map((cell, column) => (
                  <td class={figure(column)}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {(moreRows || moreColumns) && (
        <p class="quiet">
          {moreRows && words.rowsCut(formatNumber(rows.length, page.language))}{' '}
          {moreColumns && words.columnsCut(formatNumber(header.length, page.language))}
        </p>
      )}
    </>
  )
}
