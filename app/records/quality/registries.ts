import { shown } from '../findings.ts'
import { isIsbn, isIsni, isIssn, isNcid, isResearcherNumber, isRor } from './check-digits.ts'
import { nameIdentifiers, otherIdentifiers } from './places.ts'
import type { Rule } from './rule.ts'

/** What is known of the identifiers that a registry gives out. */
interface Registry {
  form: RegExp
  /** How a good one looks, in words. */
  looks: string
  /** Takes the characters without hyphens and address. */
  hasCheckDigit(characters: string): boolean
}

const ISSN: Registry = {
  form: /^\d{4}-\d{3}[\dX]$/,
  looks: 'four digits, a hyphen, three digits and a digit or X',
  hasCheckDigit: isIssn,
}
const ISNI: Registry = { form: /^\d{15}[\dX]$/, looks: '16 digits without blanks', hasCheckDigit: isIsni }

const registries: { readonly [scheme: string]: Registry } = {
  ORCID: {
    form: /^(\d{4}-){3}\d{3}[\dX]$/,
    looks: 'four times four digits with hyphens, such as 0000-0000-0000-0001',
    hasCheckDigit: isIsni,
  },
  ISNI,
  'e-Rad_Researcher': { form: /^\d{8}$/, looks: 'eight digits', hasCheckDigit: isResearcherNumber },
  ROR: {
    form: /^(https:\/\/ror\.org\/)?0[0-9a-hjkmnp-tv-z]{6}\d{2}$/,
    looks: 'https://ror.org/ and nine characters that begin with 0',
    hasCheckDigit: isRor,
  },
  PISSN: ISSN,
  EISSN: ISSN,
  ISSN,
  NCID: {
    form: /^[AB][A-Z]\d{7}[\dX]$/,
    looks: 'two letters, seven digits and a digit or X, such as AA12345672',
    hasCheckDigit: isNcid,
  },
  ISBN: {
    form: /^(?=[\d-]{9,16}[\dX]$)(\d-?){9}((\d-?){3}\d|[\dX])$/,
    looks: '10 or 13 digits',
    hasCheckDigit: isIsbn,
  },
}

const ROR_ADDRESS = 'https://ror.org/'

/** The characters that an identifier consists of, without what is there to be read or clicked. */
const bare = (value: string) => value.replace(ROR_ADDRESS, '').replaceAll('-', '')

function fault(value: string, scheme: string): string | undefined {
  const registry = registries[scheme]
  if (registry === undefined) return undefined
  if (!registry.form.test(value)) return `is ${shown(value)}; write ${scheme} as ${registry.looks}`
  if (registry.hasCheckDigit(bare(value))) return undefined
  return `is ${shown(value)}, whose check digit is wrong: look up the ${scheme} and write it again`
}

/** Identifiers of people and organisations have the form and the check digit of their registry. */
export const nameIdentifier: Rule = {
  name: 'name-identifier.value',
  *find(record) {
    for (const { path, value } of nameIdentifiers(record)) {
      const message = fault(value.value, value.scheme)
      if (message !== undefined) yield { path: `${path}.value`, message }
    }
  },
}

/** ISSN, NCID and ISBN, of the source and of related works, have their form and check digit. */
export const publicationIdentifier: Rule = {
  name: 'publication-identifier.value',
  *find(record) {
    for (const { path, value } of otherIdentifiers(record)) {
      // JPCOAR asks for a URI where works are related: an address that ends in the identifier will do there.
      const identifier = path.startsWith('relations') ? value.value.replace(/^https?:.*\//i, '') : value.value
      const message = fault(identifier, value.type)
      if (message !== undefined) yield { path: `${path}.value`, message }
    }
  },
}

const addresses: { readonly [scheme: string]: (value: string) => string } = {
  ORCID: (value) => `https://orcid.org/${value}`,
  ISNI: (value) => `https://isni.org/isni/${value}`,
  'e-Rad_Researcher': (value) => `https://nrid.nii.ac.jp/nrid/10000${value}`,
  ROR: (value) => `${ROR_ADDRESS}${bare(value)}`,
}

/** The URI beside a good identifier is the address of the same one. */
export const nameIdentifierUri: Rule = {
  name: 'name-identifier.uri',
  *find(record) {
    for (const { path, value: identifier } of nameIdentifiers(record)) {
      const { value, scheme, uri } = identifier
      const addressOf = addresses[scheme]
      if (uri === undefined || addressOf === undefined || bare(uri).includes(bare(value))) continue
      if (fault(value, scheme) !== undefined) continue
      yield {
        path: `${path}.uri`,
        message: `is ${shown(uri)}, but the ${scheme} is ${value}: write ${addressOf(value)}`,
      }
    }
  },
}
