import { previewOf } from '../../files/index.ts'
import type { DisseminatedFile, Dissemination } from '../../items/dissemination.ts'
import { formatDate, formatMediaType, formatNumber, formatSize } from '../format.ts'
import { webAddress } from '../links.ts'
import type { PageContext } from '../page.ts'
import { Day, Folded, Icon, type IconName, wordsOf } from '../parts.tsx'
import { previewAddress } from './addresses.ts'

/** What can be read now, and why not where it cannot. */
export function Files({ d, page }: { d: Dissemination; page: PageContext }) {
  const words = wordsOf(page)
  return (
    <section class="files">
      <h2>{words.whatIsThere}</h2>
      {d.files.length + d.held.length === 0 ? (
        <p class="quiet">{words.noFiles}</p>
      ) : (
        <Folded
          class="file-list"
          entries={[...d.files, ...d.held].map((file, index) => (
            <FileRow
              id={`file-${index + 1}`}
              file={file}
              preview={previewable(file) ? previewAddress(d, file) : undefined}
              page={page}
            />
          ))}
          more={(count) => words.moreFiles(formatNumber(count, page.language))}
        />
      )}
    </section>
  )
}

/** Whether a file can be shown in a page, and this reader may have it from us. */
const previewable = ({ access, readable, type, url }: DisseminatedFile) =>
  access !== 'link' && readable && type !== undefined && previewOf(type) !== undefined && webAddress(url) !== undefined

interface FileRowProps {
  id: string
  file: DisseminatedFile
  /** Address of its preview. */
  preview: string | undefined
  page: PageContext
}

function FileRow({ id, file, preview, page }: FileRowProps) {
  const words = wordsOf(page)
  const { terms } = words
  const { described } = file
  const address = file.readable ? webAddress(file.url) : undefined
  const facts = [
    file.objectType && terms.objectTypes[file.objectType],
    file.type && formatMediaType(file.type),
    file.size !== undefined && formatSize(file.size, page.language),
    ...(described?.extents ?? []),
    described?.version && words.fileVersion(described.version),
  ].filter((fact) => typeof fact === 'string')
  return (
    <div class="file" id={id}>
      <p class="file-name" dir="auto">
        {address ? <a href={address}>{file.label}</a> : file.label}
      </p>
      {preview && (
        <p class="file-preview">
          <a class="plain" href={preview} data-preview aria-label={words.previewOf(file.label)}>
            {words.preview}
          </a>
        </p>
      )}
      <p class="file-facts">
        <FileAccessInWords file={file} page={page} />
        {facts.map((fact) => (
          <span>{fact}</span>
        ))}
        {described?.dates.map(({ type, value }) => (
          <span>
            {terms.dateTypes[type]} <Day value={value} page={page} />
          </span>
        ))}
      </p>
    </div>
  )
}

/** A file's access in words, with its day where there is one. */
function FileAccessInWords({ file, page }: { file: DisseminatedFile; page: PageContext }) {
  const [icon, words] = describeAccess(file, page)
  return (
    <span class={`access access-${icon}`}>
      <Icon name={icon} />
      <span>{words}</span>
    </span>
  )
}

function describeAccess({ access, until, url, scan }: DisseminatedFile, page: PageContext): [IconName, string] {
  const words = wordsOf(page)
  if (scan === 'waiting') return ['waiting', words.beingChecked]
  if (scan === 'infected') return ['closed', words.infected]
  if (scan === 'unscannable') return ['closed', words.unscannable]
  const day = until && formatDate(until, page.language)
  switch (access) {
    case 'open':
      return ['open', day ? words.openedOn(day) : words.readable]
    case 'embargoed':
      return ['waiting', day ? words.openFrom(day) : words.embargoed]
    case 'signed-in':
      return ['closed', words.signedIn]
    case 'closed':
      return ['closed', words.closed]
    case 'link': {
      const address = webAddress(url)
      return ['elsewhere', address ? words.elsewhere(new URL(address).host) : words.elsewhereUnknown]
    }
  }
}
