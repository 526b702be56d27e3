import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { revisionsIn } from '../platform/if-match.ts'
import { notFound, Problem } from '../platform/problem.ts'
import { refuseInvalid } from '../platform/validation.ts'
import { Harvest, StoredHarvest } from './harvest.ts'
import { forgetHarvest, type Kept, listHarvests, makeHarvest, readHarvest, replaceHarvest } from './store.ts'

const InPath = z.object({ harvest: z.string().regex(/^[a-z0-9-]{1,64}$/) })

const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } })
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: z.looseObject({}) } },
})
const problems = { 401: problem('No token'), 403: problem('Not allowed') }

const routes = {
  list: createRoute({
    method: 'get',
    path: '/harvests',
    responses: {
      200: { description: 'All harvests', content: json(z.object({ harvests: z.array(StoredHarvest) })) },
      ...problems,
    },
  }),
  read: createRoute({
    method: 'get',
    path: '/harvests/{harvest}',
    request: { params: InPath },
    responses: {
      200: { description: 'How far it has come, with an ETag', content: json(StoredHarvest) },
      404: problem('No such harvest'),
      ...problems,
    },
  }),
  put: createRoute({
    method: 'put',
    path: '/harvests/{harvest}',
    request: {
      params: InPath,
      headers: z.object({ 'if-match': z.string().optional(), 'if-none-match': z.literal('*').optional() }),
      body: { required: true, content: json(Harvest) },
    },
    responses: {
      200: { description: 'The harvest after the change, with its ETag', content: json(StoredHarvest) },
      201: { description: 'The harvest that was made, with its ETag', content: json(StoredHarvest) },
      412: problem('Changed meanwhile'),
      422: problem('Invalid'),
      428: problem('If-Match or If-None-Match is missing'),
      ...problems,
    },
  }),
  forget: createRoute({
    method: 'delete',
    path: '/harvests/{harvest}',
    request: { params: InPath },
    responses: {
      204: { description: 'Forgotten: the next run begins at the beginning. Items stay' },
      404: problem('No such harvest'),
      ...problems,
    },
  }),
}

/**
 * The API's routes for what is kept of harvests, below `/api/v1`. Whoever harvests says how far it has come, and of two
 * who do it at once one is told so.
 */
export function harvestRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.use('/harvests/*', bodyLimit({ maxSize: 64 * 1024, onError: refuseLarge }))

  app.openapi(routes.list, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'import'))
    return c.json({ harvests: await listHarvests(c.var.tenant) }, 200)
  })
  app.openapi(routes.read, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'import'))
    const { harvest } = c.req.valid('param')
    const kept = await readHarvest(c.var.tenant, harvest)
    if (!kept) throw notFound(`There is no harvest ${harvest}.`)
    return c.json(kept.harvest, 200, tagOf(kept))
  })
  app.openapi(routes.put, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'import'))
    const { tenant } = c.var
    const { harvest: id } = c.req.valid('param')
    const { 'if-match': match, 'if-none-match': none } = c.req.valid('header')
    const body = c.req.valid('json')
    if (none !== undefined) {
      const made = await makeHarvest(tenant, id, body)
      if (!made) throw changed(`There is a harvest ${id} already.`)
      return c.json(made.harvest, 201, tagOf(made))
    }
    const seen = revisionsIn(match)
    if (seen === undefined)
      throw new Problem(428, 'Precondition required', 'Say what you have seen: If-Match, or If-None-Match: *.')
    const replaced = await replaceHarvest(tenant, id, seen, body)
    if (!replaced) throw changed(`Harvest ${id} is another by now: read it again.`)
    return c.json(replaced.harvest, 200, tagOf(replaced))
  })
  app.openapi(routes.forget, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'import'))
    const { harvest } = c.req.valid('param')
    if (!(await forgetHarvest(c.var.tenant, harvest))) throw notFound(`There is no harvest ${harvest}.`)
    return c.body(null, 204)
  })
  return app
}

const tagOf = ({ revision }: Kept) => ({ etag: `"${revision}"` })
const changed = (detail: string) => new Problem(412, 'Changed meanwhile', detail)

function refuseLarge(): never {
  throw new Problem(413, 'Too large', 'The body of this request may have 64 KiB at most.')
}
