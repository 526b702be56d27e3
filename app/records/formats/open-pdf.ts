import type { DisseminatedFile, Dissemination } from '../../items/dissemination.ts'

/** The first PDF that everybody may read here, at our own address: no link elsewhere, nothing that asks who one is. */
export const openPdf = ({ files }: Dissemination): DisseminatedFile | undefined =>
  files.find(({ access, readable, type }) => access === 'open' && readable && isPdf(type))

/** A media type may carry parameters. */
const isPdf = (type: string | undefined) => type?.split(';', 1)[0]?.trim().toLowerCase() === 'application/pdf'
