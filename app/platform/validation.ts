import type { Hook } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import { Problem } from './problem.ts'

/** Answers a request that its route's schema refuses: an address that cannot be is not found, the rest is invalid. */
// biome-ignore lint/suspicious/noExplicitAny: a hook serves routes of every shape
export const refuseInvalid: Hook<any, any, any, any> = (result) => {
  if (result.success) return
  if (result.target === 'param') throw new Problem(404, 'Not found', 'There is nothing at this address.')
  throw new Problem(422, 'Invalid', z.prettifyError(result.error))
}
