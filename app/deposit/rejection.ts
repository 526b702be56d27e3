import { Problem } from '../platform/problem.ts'
import type { Finding } from '../records/index.ts'

/** Why a record is not taken. */
export class Rejection extends Error {
  readonly findings: Finding[]
  constructor(...findings: Finding[]) {
    super(findings[0]?.message)
    this.findings = findings
  }
}

/**
 * A record that the database takes exception to is that record's fault alone: PostgreSQL's classes 22 (data), 23
 * (integrity) and 54 (limits).
 */
export function refusedByDatabase(error: unknown): Rejection | undefined {
  const { code, message, constraint } = error as { code?: unknown; message: string; constraint?: string }
  if (code === '23505') {
    const [path, what] = taken[constraint ?? ''] ?? ['/', `what is to be there once (${constraint})`]
    return new Rejection(fault('import.taken', path, `${what} is there already, and belongs to another`))
  }
  if (typeof code === 'string' && /^(22|23|54)...$/.test(code))
    return new Rejection(fault('import.refused', '/', message))
  return undefined
}

/** What is to be there once, by the name of its index. */
const taken: { readonly [constraint: string]: readonly [path: string, what: string] } = {
  item_pkey: ['number', 'the number'],
  item_source_key: ['source', 'the source'],
  item_oai_identifier_key: ['oaiIdentifier', 'the OAI identifier'],
  former_address_pkey: ['formerAddresses', 'a former address'],
  file_pkey: ['files', 'the id of a file'],
  file_name: ['files', 'the name of a file'],
  publication_seq_key: ['publication', 'the place in the feed'],
}

export const fault = (rule: string, path: string, message: string): Finding => ({ rule, path, message })

/** What is wrong with the one record of a request, as the problem that its sender is told; other errors as they are. */
export function refusalOf(error: unknown): unknown {
  const rejection = error instanceof Rejection ? error : refusedByDatabase(error)
  if (!rejection) return error
  const { findings } = rejection
  const isTaken = findings.some(({ rule }) => rule === 'import.taken')
  const said = findings.map(({ path, message }) => (path === '/' ? message : `${path}: ${message}`)).join('; ')
  return new Problem(isTaken ? 409 : 422, isTaken ? 'Taken' : 'Invalid', said, {}, { errors: findings })
}
