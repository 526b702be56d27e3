import type { Hook } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { notFound, Problem } from './problem.ts'

/** Things that are named: who sent a thousand wrong values learns enough from the first. */
const MOST = 100

/** What a schema found wrong, as the problem that the sender is told. */
export function invalid({ issues }: z.core.$ZodError): Problem {
  const errors = issues.slice(0, MOST).map(({ path, message }) => ({ path: z.core.toDotPath(path) || '/', message }))
  const said = errors.map(({ path, message }) => (path === '/' ? message : `${path}: ${message}`))
  const more = issues.length > MOST ? [`and ${issues.length - MOST} more`] : []
  return new Problem(422, 'Invalid', [...said, ...more].join('; '), {}, { errors })
}

/** Answers a request that its route's schema refuses: an address that cannot be is not found, the rest is invalid. */
// biome-ignore lint/suspicious/noExplicitAny: a hook serves routes of every shape
export const refuseInvalid: Hook<any, any, any, any> = (result) => {
  if (result.success) return
  throw result.target === 'param' ? notFound() : invalid(result.error)
}

/** Refuses bodies of more KiB than a route needs. */
export const limitBody = (kib: number) =>
  bodyLimit({
    maxSize: kib * 1024,
    onError() {
      throw new Problem(413, 'Too large', `The body of this request may have ${kib} KiB at most.`)
    },
  })
