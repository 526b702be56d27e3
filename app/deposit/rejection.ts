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
  const { code, message } = error as { code?: unknown; message: string }
  if (code === '23505')
    return new Rejection(fault('import.taken', '/', 'the number or OAI identifier belongs to another item'))
  if (typeof code === 'string' && /^(22|23|54)...$/.test(code))
    return new Rejection(fault('import.refused', '/', message))
  return undefined
}

export const fault = (rule: string, path: string, message: string): Finding => ({ rule, path, message })
