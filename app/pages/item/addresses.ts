import type { DisseminatedFile, Dissemination } from '../../items/dissemination.ts'
import type { OutputFormat } from '../../records/formats/outputs.ts'

export const metadataAddress = ({ number }: Dissemination, { id }: OutputFormat) => `/items/${number}/metadata/${id}`

/** The page on which a file is shown. It says the version where the file's own address does. */
export function previewAddress({ number }: Dissemination, { name, url }: DisseminatedFile): string {
  const path = name.split('/').map(encodeURIComponent).join('/')
  return `/items/${number}/preview/${path}${new URL(url).search}`
}
