import { shown } from '../findings.ts'
import { files, otherIdentifiers, ownIdentifiers } from './places.ts'
import type { Breach, Rule } from './rule.ts'

/** Prefix and suffix of a DOI (ISO 26324). */
const DOI = /10\.\d{4,9}(?:\.\d+)*\/\S+/
const DOI_ADDRESS = new RegExp(`^https://doi\\.org/${DOI.source}$`, 'i')
const DOI_ALONE = new RegExp(`^${DOI.source}$`)
const HANDLE_ADDRESS = /^https?:\/\/hdl\.handle\.net\/[^\s/]+\/\S+$/i

/** A DOI, own or of a related work, is written as its address: JPCOAR's identifier is a URI. */
export const doiIdentifier: Rule = {
  name: 'identifier.doi',
  *find(record) {
    for (const { path, value } of [...ownIdentifiers(record), ...otherIdentifiers(record)]) {
      if (value.type !== 'DOI' || DOI_ADDRESS.test(value.value)) continue
      const doi = DOI.exec(value.value)?.[0]
      yield { path: `${path}.value`, message: wrong(value.value, `https://doi.org/${doi ?? '10.…/…'}`) }
    }
  },
}

export const handleIdentifier: Rule = {
  name: 'identifier.handle',
  *find(record) {
    for (const { path, value } of ownIdentifiers(record)) {
      if (value.type === 'HDL' && !HANDLE_ADDRESS.test(value.value))
        yield { path: `${path}.value`, message: wrong(value.value, 'https://hdl.handle.net/ with prefix and suffix') }
    }
  },
}

export const uriIdentifier: Rule = {
  name: 'identifier.uri',
  *find(record) {
    for (const { path, value } of ownIdentifiers(record)) {
      if (value.type === 'URI' && !isWebAddress(value.value))
        yield { path: `${path}.value`, message: wrong(value.value, 'the whole address, from https:// on') }
    }
  },
}

const isWebAddress = (value: string) => /^https?:\/\//i.test(value) && URL.canParse(value)

/** What an agency is to register is a bare DOI, other than in `jpcoar:identifier`; PubMed's is a number. */
export const registrationForm: Rule = {
  name: 'registration.form',
  *find({ identifierRegistration: registration }) {
    if (registration === undefined) return
    const { value, agency } = registration
    const form = agency === 'PMID' ? /^[1-9]\d{0,8}$/ : DOI_ALONE
    if (form.test(value)) return
    const instead = agency === 'PMID' ? 'the number alone' : (DOI.exec(value)?.[0] ?? 'prefix/suffix, such as 10.…/…')
    yield { path: 'identifierRegistration.value', message: wrong(value, instead) }
  },
}

/** A DOI that is to be registered is one of the record's own identifiers too. */
export const registrationIdentifier: Rule = {
  name: 'registration.identifier',
  *find({ identifierRegistration: registration, identifiers }): Generator<Breach> {
    if (registration === undefined || registration.agency === 'PMID' || !DOI_ALONE.test(registration.value)) return
    const dois = identifiers.filter(({ type }) => type === 'DOI').map(({ value }) => value)
    if (dois.some((address) => bare(address) === bare(registration.value))) return
    const message =
      dois.length === 0
        ? `has no identifier of type DOI beside it: add https://doi.org/${registration.value}`
        : `is ${shown(registration.value)}, but the DOI is ${shown(dois[0])}: write the same in both`
    yield { path: 'identifierRegistration.value', message }
  },
}

/** DOIs are compared without their address and without case (ISO 26324). */
const bare = (doi: string) => doi.replace(/^https?:\/\/(dx\.)?doi\.org\//i, '').toLowerCase()

const wrong = (value: string, instead: string) => `is ${shown(value)}; write ${instead}`

/** A file lies at an absolute address: harvesters know no other. */
export const fileUri: Rule = {
  name: 'file.uri',
  *find(record) {
    for (const { path, value } of files(record)) {
      if (value.uri !== undefined && !isWebAddress(value.uri))
        yield { path: `${path}.uri`, message: wrong(value.uri, 'the whole address, from https:// on') }
    }
  },
}
