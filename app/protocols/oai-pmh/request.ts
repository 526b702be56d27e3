import { metadataFormats } from '../../records/index.ts'
import { type Datestamp, readDatestamp } from './dates.ts'
import { type OaiError, Refusal, refusal } from './refusal.ts'
import { readToken } from './token.ts'

/** A request of the protocol, checked. */
export type OaiRequest =
  | { verb: 'Identify' }
  | { verb: 'ListMetadataFormats'; identifier?: string }
  | { verb: 'ListSets'; after: number }
  | { verb: 'GetRecord'; identifier: string; metadataPrefix: string }
  | { verb: 'ListIdentifiers' | 'ListRecords'; list: ListRequest }

/** Which part of the feed a list is to give; `from`, `until` and `set` as they were asked. */
export interface ListRequest {
  metadataPrefix: string
  from?: string
  until?: string
  set?: string
  /** Place in the feed after which a resumed list goes on; 0 at its beginning. */
  after: number
}

type Verb = OaiRequest['verb']
type Given = Readonly<Record<string, string>>

/** OAI-PMH 2.0, section 4: what each verb must be given, and may be. Those that resume take a token instead. */
const ARGUMENTS: Record<Verb, { required: readonly string[]; optional: readonly string[]; resumes?: true }> = {
  Identify: { required: [], optional: [] },
  ListMetadataFormats: { required: [], optional: ['identifier'] },
  ListSets: { required: [], optional: [], resumes: true },
  GetRecord: { required: ['identifier', 'metadataPrefix'], optional: [] },
  ListIdentifiers: { required: ['metadataPrefix'], optional: ['from', 'until', 'set'], resumes: true },
  ListRecords: { required: ['metadataPrefix'], optional: ['from', 'until', 'set'], resumes: true },
}
const isVerb = (text: string): text is Verb => Object.hasOwn(ARGUMENTS, text)

/** What each argument must look like; a metadataPrefix and a setSpec as the protocol's schema has them. */
const FORMS: { readonly [argument: string]: RegExp } = {
  identifier: /^[a-z][a-z0-9+.-]*:(?:[a-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9a-f]{2})+$/i,
  metadataPrefix: /^[\w\-.!~*'()]+$/,
  set: /^[\w\-.!~*'()]+(?::[\w\-.!~*'()]+)*$/,
  // What XML cannot carry, no answer could repeat. Whether it is a token shows when it is read.
  resumptionToken: /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u,
}

/**
 * The arguments of a request whose syntax is right, which an answer repeats, also one that refuses it for another
 * reason.
 *
 * @throws Refusal badVerb or badArgument, with all that is wrong.
 */
export function checkArguments(parameters: URLSearchParams): Given & { verb: Verb } {
  const verbs = parameters.getAll('verb')
  const [verb] = verbs
  if (verb === undefined || verbs.length > 1) throw refusal('badVerb', 'One verb is needed, and one only.')
  if (!isVerb(verb)) throw refusal('badVerb', `The verbs are ${Object.keys(ARGUMENTS).join(', ')}.`)

  const { required, optional, resumes } = ARGUMENTS[verb]
  const legal = [...required, ...optional, ...(resumes ? ['resumptionToken'] : [])]
  const given = new Map(parameters)
  given.delete('verb')
  const errors: OaiError[] = []
  const wrong = (message: string) => errors.push({ code: 'badArgument', message })
  for (const [name, value] of given) {
    if (!legal.includes(name)) wrong(`${verb} takes ${legal.length > 0 ? legal.join(', ') : 'no arguments'}.`)
    else if (parameters.getAll(name).length > 1) wrong(`${name} may be given once.`)
    else if (FORMS[name]?.test(value) === false) wrong(`This cannot be a value of ${name}.`)
  }
  if (given.has('resumptionToken')) {
    if (given.size > 1) wrong('With resumptionToken nothing else may be given.')
  } else {
    for (const name of required) if (!given.has(name)) wrong(`${name} is needed.`)
    errors.push(...datesAtFault({ from: given.get('from'), until: given.get('until') }))
  }
  if (errors.length > 0) throw new Refusal(errors)
  return { ...Object.fromEntries(given), verb }
}

/**
 * What is asked for, by arguments whose syntax has been checked.
 *
 * @throws Refusal badResumptionToken or cannotDisseminateFormat.
 */
export function readRequest(given: Given & { verb: Verb }): OaiRequest {
  const { verb, identifier, resumptionToken } = given
  switch (verb) {
    case 'Identify':
      return { verb }
    case 'ListMetadataFormats':
      return { verb, ...(identifier !== undefined && { identifier }) }
    case 'ListSets':
      return { verb, after: resumptionToken === undefined ? 0 : resume(verb, resumptionToken).after }
    case 'GetRecord':
      return { verb, identifier: identifier as string, metadataPrefix: knownPrefix(given.metadataPrefix) }
    case 'ListIdentifiers':
    case 'ListRecords': {
      if (resumptionToken === undefined) return { verb, list: listOf(given, 0) }
      const { asked, after } = resume(verb, resumptionToken)
      return { verb, list: listOf(asked, after) }
    }
  }
}

function listOf({ metadataPrefix, from, until, set }: Given, after: number): ListRequest {
  return {
    metadataPrefix: knownPrefix(metadataPrefix),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(set !== undefined && { set }),
    after,
  }
}

/** What a token goes on with: held against everything that its first request was. */
function resume(verb: Verb, token: string): { asked: Given; after: number } {
  const { after, ...asked } = readToken(token) ?? { after: 0, verb: undefined }
  if (asked.verb === verb) {
    try {
      return { asked: checkArguments(new URLSearchParams(asked as Given)), after }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  throw refusal('badResumptionToken', 'No list of this verb has given this token. Start again.')
}

function knownPrefix(prefix: string | undefined): string {
  if (prefix !== undefined && metadataFormats.has(prefix)) return prefix
  throw refusal('cannotDisseminateFormat', `The formats are ${[...metadataFormats.keys()].join(', ')}.`)
}

function datesAtFault(asked: { from: string | undefined; until: string | undefined }): OaiError[] {
  const errors: OaiError[] = []
  const wrong = (message: string) => errors.push({ code: 'badArgument', message })
  const dates: { [name: string]: Datestamp } = {}
  for (const [name, text] of Object.entries(asked)) {
    if (text === undefined) continue
    const date = readDatestamp(text)
    if (date) dates[name] = date
    else wrong(`${name} must be a UTC datestamp: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.`)
  }
  const { from, until } = dates
  if (from && until) {
    if (from.granularity !== until.granularity) wrong('from and until must have the same granularity.')
    else if (from.begins > until.begins) wrong('from must not be later than until.')
  }
  return errors
}
