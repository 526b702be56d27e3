import type { Dissemination } from '../../../items/dissemination.ts'
import { compact } from '../compact.ts'
import { webAddress } from '../identifiers.ts'

/** Files that everybody may have, as downloads: of others an indexer could fetch nothing. */
export function filesOf({ files }: Dissemination, type: 'DataDownload' | 'MediaObject', license?: string): object[] {
  return files.flatMap((file) => {
    const contentUrl = file.access === 'open' || file.access === 'link' ? webAddress(file.url) : undefined
    if (contentUrl === undefined) return []
    return [
      compact({
        '@type': type,
        name: file.label,
        contentUrl,
        encodingFormat: file.type,
        contentSize: file.size === undefined ? undefined : `${file.size} B`,
        sha256: file.sha256,
        license,
      }),
    ]
  })
}
