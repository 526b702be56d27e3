import { type Logo, logoTypes } from '../tenancy/schema.ts'
import type { Scheme } from './languages/terms.ts'

/** Where a logo is, below the institution's address. It changes with the bytes. */
export const logoAddress = ({ sha256, type }: Logo) => `/logo.${sha256.slice(0, 16)}.${logoTypes[type]}`

/**
 * The address as a link may carry it, if it is one of the web. Metadata may say `javascript:` or worse: only http and
 * https ever become links.
 */
export function webAddress(value: string | undefined): string | undefined {
  if (value === undefined || !/^https?:\/\//i.test(value)) return undefined
  return URL.canParse(value) ? new URL(value).href : undefined
}

/** Where an identifier of a scheme leads, by the form that the scheme gives it. */
const RESOLVERS: { [S in Scheme]?: [form: RegExp, address: string] } = {
  DOI: [/^(?:doi:)?(10\.\d{4,9}\/\S+)$/i, 'https://doi.org/'],
  JaLC: [/^(10\.\d{4,9}\/\S+)$/, 'https://doi.org/'],
  Crossref: [/^(10\.\d{4,9}\/\S+)$/, 'https://doi.org/'],
  DataCite: [/^(10\.\d{4,9}\/\S+)$/, 'https://doi.org/'],
  'Crossref Funder': [/^(10\.13039\/\d+)$/, 'https://doi.org/'],
  HDL: [/^(?:hdl:)?(\d[\d.]*\/\S+)$/i, 'https://hdl.handle.net/'],
  ORCID: [/^(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$/, 'https://orcid.org/'],
  ROR: [/^(0[a-z0-9]{6}\d{2})$/, 'https://ror.org/'],
  ISNI: [/^(\d{15}[\dX])$/, 'https://isni.org/isni/'],
  VIAF: [/^(\d+)$/, 'https://viaf.org/viaf/'],
  arXiv: [/^(?:arXiv:)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})$/, 'https://arxiv.org/abs/'],
  PMID: [/^(\d+)$/, 'https://pubmed.ncbi.nlm.nih.gov/'],
  CRID: [/^(\d{19})$/, 'https://cir.nii.ac.jp/crid/'],
  NCID: [/^([AB][A-Z]?\d{7}[\dX])$/, 'https://ci.nii.ac.jp/ncid/'],
  ISSN: [/^(\d{4}-\d{3}[\dX])$/, 'https://portal.issn.org/resource/ISSN/'],
  PISSN: [/^(\d{4}-\d{3}[\dX])$/, 'https://portal.issn.org/resource/ISSN/'],
  EISSN: [/^(\d{4}-\d{3}[\dX])$/, 'https://portal.issn.org/resource/ISSN/'],
  'J-GLOBAL': [/^(\d{18})$/, 'https://jglobal.jst.go.jp/detail?JGLOBAL_ID='],
}

/** Where an identifier leads: what it says itself, what its scheme makes of it, or the address that came with it. */
export function identifierAddress(scheme: Scheme | undefined, value: string, uri?: string): string | undefined {
  const own = webAddress(value)
  if (own !== undefined) return own
  const [form, address] = (scheme && RESOLVERS[scheme]) ?? []
  const id = form?.exec(value.trim())?.[1]
  // Encoded whole, but for the slashes that DOIs and Handles are made with.
  if (id !== undefined) return `${address}${encodeURIComponent(id).replaceAll('%2F', '/')}`
  return webAddress(uri)
}
