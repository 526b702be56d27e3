import type { DisseminatedFile, Dissemination } from '../../items/dissemination.ts'
import type { OutputFormat } from '../../records/formats/outputs.ts'
import { identifierAddress } from '../links.ts'

/** Where a work will be found for good: its DOI, or our own address of it. */
export function lastingAddress({ record, url }: Dissemination): string {
  const { identifiers, identifierRegistration: registered } = record
  const doi = identifiers.find(({ type }) => type === 'DOI')?.value ?? registered?.value
  return (doi === undefined ? undefined : identifierAddress('DOI', doi)) ?? url
}

export const metadataAddress = ({ number }: Dissemination, { id }: OutputFormat) => `/items/${number}/metadata/${id}`

/** The page on which a file is shown. It says the version where the file's own address does. */
export function previewAddress({ number }: Dissemination, { name, url }: DisseminatedFile): string {
  const path = name.split('/').map(encodeURIComponent).join('/')
  return `/items/${number}/preview/${path}${new URL(url).search}`
}
