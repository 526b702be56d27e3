import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { demand, needs } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { revisionsIn } from '../platform/if-match.ts'
import { headers, IfMatch, json, problems } from '../platform/openapi.ts'
import { notFound, Problem } from '../platform/problem.ts'
import { limitBody, refuseInvalid } from '../platform/validation.ts'
import { Harvest, HarvestList, InPath, StoredHarvest } from './harvest.ts'
import { forgetHarvest, type Kept, listHarvests, makeHarvest, readHarvest, replaceHarvest } from './store.ts'

const tags = ['Harvests']
const security = needs('import')
const noHarvest = { 404: 'There is no such harvest' }
const stored = (description: string) => ({
  description,
  headers: { ETag: headers.ETag },
  content: json(StoredHarvest),
})

const routes = {
  list: createRoute({
    method: 'get',
    path: '/harvests',
    tags,
    operationId: 'listHarvests',
    summary: 'List all harvests',
    security,
    responses: { 200: { description: 'All of them', content: json(HarvestList) } },
  }),
  read: createRoute({
    method: 'get',
    path: '/harvests/{harvest}',
    tags,
    operationId: 'readHarvest',
    summary: 'Read how far a harvest has come',
    security,
    request: { params: InPath },
    responses: { 200: stored('The harvest'), ...problems(noHarvest) },
  }),
  put: createRoute({
    method: 'put',
    path: '/harvests/{harvest}',
    tags,
    operationId: 'putHarvest',
    summary: 'Say how far a harvest has come',
    description: 'Of two who harvest the same at once, one is told so (412) and stops.',
    security,
    request: {
      params: InPath,
      headers: z.object({
        'if-match': IfMatch,
        'if-none-match': z.literal('*').optional().openapi({ description: 'Makes the harvest, if there is none yet' }),
      }),
      body: {
        required: true,
        content: json(Harvest, {
          baseUrl: 'https://old.example/oai',
          metadataPrefix: 'jpcoar',
          counts: { imported: 0, updated: 0, unchanged: 0, withdrawn: 0, rejected: 0 },
        }),
      },
    },
    responses: {
      200: stored('The harvest after the change'),
      201: stored('The harvest that was made'),
      ...problems({
        412: 'Somebody else has made or changed it: read it again',
        428: 'If-Match or If-None-Match is missing',
      }),
    },
  }),
  forget: createRoute({
    method: 'delete',
    path: '/harvests/{harvest}',
    tags,
    operationId: 'forgetHarvest',
    summary: 'Forget a harvest',
    description: 'The next run begins at the beginning. Items stay.',
    security,
    request: { params: InPath },
    responses: { 204: { description: 'It is forgotten' }, ...problems(noHarvest) },
  }),
}

/**
 * The API's routes for what is kept of harvests, below `/api/v1`. Whoever harvests says how far it has come, and of two
 * who do it at once one is told so.
 */
export function harvestRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.use('/harvests/*', limitBody(64))

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
