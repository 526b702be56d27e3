import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { demand, needs } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { problems } from '../platform/openapi.ts'
import { Problem } from '../platform/problem.ts'
import type { Tenant } from '../tenancy/index.ts'
import { exportInstitution } from './export/index.ts'

/**
 * Exports of an institution that a process hands out at a time: each holds scratch space for as long as somebody reads
 * it, and one whose reader went without a word should not keep the next waiting.
 */
const AT_ONCE = 2

/** `GET /export`, below `/api/v1`: everything that the institution has, as a bag in a ZIP archive. */
export function exportRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>()
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/export',
    tags: ['Export'],
    operationId: 'exportInstitution',
    summary: 'Take out everything that the institution has',
    description:
      'A bag (BagIt, RFC 8493) in a ZIP archive, with a crate (RO-Crate) for each item. It can be imported at another ' +
      'repository of this kind. What breaks off is no archive: begin anew.',
    security: needs('transfer'),
    responses: {
      200: { description: 'The archive', content: { 'application/zip': { schema: z.string() } } },
      ...problems({
        409: `${AT_ONCE} exports of this institution are being read already, or files have not passed the scan for viruses`,
        507: 'This server has no room left for what passes through',
      }),
    },
  })
  const running = new Map<Tenant, number>()
  app.get('/export', async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'transfer'))
    c.header('content-type', 'application/zip')
    if (c.req.method === 'HEAD') return c.body(null)
    const others = running.get(tenant) ?? 0
    if (others >= AT_ONCE)
      throw new Problem(409, 'Under way', `${others} exports of this institution are being read already.`)
    const count = (change: 1 | -1) => running.set(tenant, (running.get(tenant) ?? 0) + change)
    count(1)
    return await send(c, () => count(-1))
  })
  return app
}

/** @param done called once when nothing is held any more. */
async function send(c: Context<Env>, done: () => void): Promise<Response> {
  const { tenant, log } = c.var
  let name = ''
  async function* watched() {
    try {
      const exported = await exportInstitution(tenant)
      name = exported.name
      yield* exported.bytes
    } catch (error) {
      // Once the answer has begun, its status cannot say it: the connection is cut.
      log.error({ err: error }, 'export was cut off')
      throw error
    } finally {
      done()
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
