import { Problem } from '../../platform/problem.ts'
import { type OaiRecord, readOaiPmh, XmlError } from '../../records/index.ts'
import { type Incoming, noFiles } from '../incoming.ts'
import { source } from '../parameters.ts'
import type { Call } from './index.ts'
import { refused } from './record-xml.ts'

const LISTS = ['ListRecords', 'GetRecord']

/** A unique identifier is a URI (OAI-PMH 2.0, section 2.4), so that it is nobody's path or word. */
const Identifier = source.regex(/^[a-z][a-z0-9+.-]*:\S+$/i, 'has an identifier that is no URI')

/**
 * The records of an answer of OAI-PMH (ListRecords or GetRecord), each by its OAI identifier as source, as they arrive.
 * What is malformed ends the list, and is said as a record that is rejected.
 *
 * @throws Problem 422 before the first record, if the answer is an error or answers another verb.
 */
export async function* readOaiRecords({ body, beside }: Call): AsyncGenerator<Incoming> {
  // Every record names itself.
  if (Object.keys(beside).length > 0)
    throw new Problem(422, 'Invalid', 'A list of records is sent with no other parameter than collections.')
  try {
    for await (const part of readOaiPmh(body)) {
      if (part.kind === 'error')
        throw new Problem(422, 'No records', `This answer of OAI-PMH is an error: ${part.code}: ${part.message}`)
      if (part.kind === 'verb' && !LISTS.includes(part.verb))
        throw new Problem(422, 'No records', `This answers ${part.verb}; send an answer to ${LISTS.join(' or ')}.`)
      if (part.kind === 'record') yield incomingOf(part.record)
    }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    yield { source: undefined, reading: refused(error.rule, `the list ${error.message}`), files: noFiles }
  }
}

function incomingOf(record: OaiRecord): Incoming {
  const { identifier, deleted } = record
  const named = Identifier.safeParse(identifier)
  const reading = !named.success
    ? refused(
        'oai-pmh.identifier',
        identifier === '' ? 'has no identifier' : (named.error.issues[0]?.message as string),
      )
    : deleted
      ? refused('oai-pmh.deleted', 'is deleted')
      : record.read()
  return { source: named.data, harvested: { deleted }, reading, files: noFiles }
}
