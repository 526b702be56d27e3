import type { Response } from 'undici'
import { z } from 'zod'
import { PlainError } from './plain-error.ts'

/**
 * What went wrong where a connection did not come about or broke.
 *
 * @param stands what holds nevertheless.
 */
export function failure(url: string, error: unknown, stands: string): PlainError {
  const { cause = error } = error as Error
  const { code, message } = cause as NodeJS.ErrnoException
  return code === 'ECONNREFUSED'
    ? new PlainError(`Nothing answers at ${url}. Is "npm start" running?`)
    : new PlainError(`The connection to ${url} broke off (${message}). ${stands}`)
}

const Problem = z.object({ title: z.string(), detail: z.string().optional() })

/** Why a call was refused, in the institution's words. */
export async function explain(response: Response): Promise<string> {
  const text = await response.text()
  const said = response.headers.get('content-type')?.startsWith('application/problem+json')
  if (!said) return `${response.url} answered ${response.status} ${response.statusText}.`
  const { title, detail } = Problem.parse(JSON.parse(text))
  return detail === undefined ? title : `${title}: ${detail}`
}
