import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { actorName, demand, needs } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { InPath } from '../items/schemas.ts'
import { json, problems } from '../platform/openapi.ts'
import { notFound, Problem } from '../platform/problem.ts'
import { limitBody, refuseInvalid } from '../platform/validation.ts'
import type { Tenant } from '../tenancy/index.ts'
import { turnContents } from './turn.ts'

const Release = z
  .strictObject({
    name: z.string().min(1).max(1_000).openapi({ description: 'Its name in the item', example: 'data.csv' }),
  })
  .openapi('Release')

const route = createRoute({
  method: 'post',
  path: '/items/{number}/releases',
  tags: ['Files'],
  operationId: 'releaseFile',
  summary: 'Let a file go that could not be scanned',
  description:
    'For a file whose "scan" is "unscannable": it is too large, holds too much, or needs a password. Whoever lets it go answers for it. An infected file cannot be let go.',
  security: needs('items:write'),
  middleware: limitBody(16),
  request: { params: InPath, body: { required: true, content: json(Release, { name: 'data.csv' }) } },
  responses: {
    204: { description: 'Whoever may have it gets it' },
    ...problems({
      404: 'There is no such item, or it has no such file',
      409: 'The scan says another thing of the file, so that it needs no release or gets none',
    }),
  },
})

/** The API's route for files that the scanner could not look into, below `/api/v1`. */
export function releaseRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.openapi(route, async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    await release(tenant, actorName(actor), c.req.valid('param').number, c.req.valid('json').name)
    tenant.handOn()
    return c.body(null, 204)
  })
  return app
}

/** @throws Problem 404 where there is no such file, 409 where it is not one that could not be looked into. */
const release = (tenant: Tenant, by: string, item: number, name: string): Promise<void> =>
  tenant.db.transaction().execute(async (tx) => {
    const file = await tx
      .selectFrom('file')
      .select('sha256')
      .where('item', '=', item)
      .where('name', '=', name.normalize('NFC'))
      .where('object', 'is not', null)
      .orderBy('current', 'desc')
      .orderBy('created_at', 'desc')
      .executeTakeFirst()
    if (!file?.sha256) throw notFound(`Item ${item} has no file named ${name}.`)
    await turnContents(tx, file.sha256, (before) => {
      if (before !== 'unscannable') throw new Problem(409, 'Not unscannable', `The scan says of ${name}: ${before}.`)
      return { state: 'released', released_by: by }
    })
  })
