import { type Context, Hono } from 'hono'
import { demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { Problem } from '../platform/problem.ts'
import type { Tenant } from '../tenancy/index.ts'
import { exportInstitution } from './export/index.ts'

/** `GET /export`, below `/api/v1`: everything that the institution has, as a bag in a ZIP archive. */
export function exportRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  /** One at a time for each institution: an export holds scratch space for as long as somebody reads it. */
  const running = new Set<Tenant>()
  app.get('/export', async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'transfer'))
    c.header('content-type', 'application/zip')
    if (c.req.method === 'HEAD') return c.body(null)
    if (running.has(tenant))
      throw new Problem(409, 'Under way', 'An export of this institution is being read already: one at a time.')
    running.add(tenant)
    try {
      return await send(c, running)
    } catch (error) {
      running.delete(tenant)
      throw error
    }
  })
  return app
}

async function send(c: Context<Env>, running: Set<Tenant>): Promise<Response> {
  const { tenant, log } = c.var
  const { name, bytes } = await exportInstitution(tenant)
  async function* watched() {
    try {
      yield* bytes
    } catch (error) {
      // The answer has begun, so its status cannot say it: the connection is cut.
      log.error({ err: error }, 'export was cut off')
      throw error
    } finally {
      running.delete(tenant)
    }
  }
  const reading = watched()
  // Begun before it is handed on: what has not begun cleans nothing up when a reader who never came is gone.
  const first = await reading.next()
  c.header('content-disposition', `attachment; filename="${name}.zip"`)
  c.header('cache-control', 'no-store')
  c.header('x-accel-buffering', 'no')
  return c.body(
    new ReadableStream<Uint8Array>({
      start: (controller) => give(controller, first),
      pull: async (controller) => give(controller, await reading.next()),
      cancel: async () => void (await reading.return()),
    }) as ReadableStream<Uint8Array<ArrayBuffer>>,
  )
}

function give(controller: ReadableStreamDefaultController<Uint8Array>, { done, value }: IteratorResult<Uint8Array>) {
  if (done) controller.close()
  else controller.enqueue(value)
}
