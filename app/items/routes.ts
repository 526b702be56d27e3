import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { revisionsIn } from '../platform/if-match.ts'
import { Problem } from '../platform/problem.ts'
import { refuseInvalid } from '../platform/validation.ts'
import { Record } from '../records/model.ts'
import { versionUrl } from './disseminate.ts'
import { deleteItem, editItem, makeVersion, restoreItem, withdrawItem } from './operations.ts'
import { may } from './permission.ts'
import { itemQuality, reportQuality } from './quality.ts'
import { readItem } from './read.ts'

const Day = z.iso.date().openapi({ description: 'A day in the institution’s time zone', example: '2027-04-01' })
const NumberInPath = z.object({
  number: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/)
    .transform(Number),
})

const Patch = z
  .strictObject({
    publicationDate: Day.optional(),
    files: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(1_000),
          access: z.enum(['open', 'embargoed', 'signed-in', 'closed']),
          until: Day.optional(),
        }),
      )
      .max(10_000)
      .optional(),
  })
  .openapi('ItemPatch')

const Version = z.object({ version: z.int(), madeAt: z.iso.datetime(), url: z.url() }).openapi('Version')

const Finding = z.object({ rule: z.string(), path: z.string(), message: z.string() }).openapi('Finding')

const QualityReport = z
  .object({
    items: z.int().openapi({ description: 'Public items that were looked at' }),
    findings: z.array(
      z.object({
        rule: z.string().openapi({ example: 'access.embargo-date' }),
        count: z.int().openapi({ description: 'Items in which this rule is broken' }),
        examples: z.array(z.int()).max(10).openapi({ description: 'Numbers of the first of them' }),
      }),
    ),
  })
  .openapi('QualityReport')

const Item = z
  .object({
    number: z.int(),
    url: z.url(),
    oaiIdentifier: z.string().optional(),
    revision: z.int(),
    publicationDate: Day,
    updatedAt: z.iso.datetime(),
    access: z.object({ right: z.string(), until: Day.optional() }),
    record: Record,
    files: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        url: z.string(),
        access: z.enum(['open', 'embargoed', 'signed-in', 'closed', 'link']),
        until: Day.optional(),
        readable: z.boolean(),
        type: z.string().optional(),
        size: z.int().optional(),
        sha256: z.hex().length(64).optional(),
      }),
    ),
    versions: z.array(Version),
    warnings: z
      .array(Finding)
      .optional()
      .openapi({ description: 'What should be mended in the record, for those who may' }),
  })
  .openapi('Item')

const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: z.looseObject({}) } },
})
const problems = { 401: problem('No token'), 403: problem('Not allowed'), 404: problem('No such item') }

const routes = {
  read: createRoute({
    method: 'get',
    path: '/items/{number}',
    request: { params: NumberInPath },
    responses: {
      200: json(Item, 'The item as the caller may see it'),
      404: problems[404],
      410: problem('Withdrawn or deleted'),
    },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/items/{number}',
    request: {
      params: NumberInPath,
      headers: z.object({ 'if-match': z.string().optional() }),
      body: { required: true, content: { 'application/json': { schema: Patch } } },
    },
    responses: {
      200: json(Item, 'The item after the change'),
      ...problems,
      412: problem('Changed meanwhile'),
      422: problem('Invalid'),
      428: problem('If-Match is missing'),
    },
  }),
  delete: createRoute({
    method: 'delete',
    path: '/items/{number}',
    request: { params: NumberInPath },
    responses: { 204: { description: 'Deleted for good' }, ...problems },
  }),
  makeVersion: createRoute({
    method: 'post',
    path: '/items/{number}/versions',
    request: { params: NumberInPath },
    responses: { 201: json(Version, 'The version that was made'), ...problems, 409: problem('Nothing new') },
  }),
  withdraw: createRoute({
    method: 'post',
    path: '/items/{number}/withdrawal',
    request: {
      params: NumberInPath,
      body: {
        required: true,
        content: { 'application/json': { schema: z.strictObject({ reason: z.string().trim().min(1).max(2_000) }) } },
      },
    },
    responses: {
      204: { description: 'Withdrawn' },
      ...problems,
      409: problem('Withdrawn already'),
      422: problem('Invalid'),
    },
  }),
  restore: createRoute({
    method: 'delete',
    path: '/items/{number}/withdrawal',
    request: { params: NumberInPath },
    responses: { 204: { description: 'Restored' }, ...problems, 409: problem('Not withdrawn') },
  }),
  quality: createRoute({
    method: 'get',
    path: '/quality',
    responses: {
      200: json(QualityReport, 'How many public items break which rules of quality'),
      401: problems[401],
      403: problems[403],
    },
  }),
}

/** The API's routes for items and their quality, below `/api/v1`. */
export function itemRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.use('/items/*', bodyLimit({ maxSize: 1024 * 1024, onError: refuseLarge }))

  app.openapi(routes.read, async (c) => {
    const { number } = c.req.valid('param')
    return c.json(...(await represent(c.var, number)))
  })
  app.openapi(routes.edit, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    const { number } = c.req.valid('param')
    const seen = revisionsIn(c.req.valid('header')['if-match'])
    if (seen === undefined)
      throw new Problem(
        428,
        'Precondition required',
        'Say which revision you have seen: If-Match with the ETag of the item.',
      )
    await editItem(c.var.tenant, c.var.actor, number, seen, c.req.valid('json'))
    return c.json(...(await represent(c.var, number)))
  })
  app.openapi(routes.delete, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    await deleteItem(c.var.tenant, c.var.actor, c.req.valid('param').number)
    return c.body(null, 204)
  })
  app.openapi(routes.makeVersion, async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    const { number } = c.req.valid('param')
    const { version, madeAt } = await makeVersion(tenant, actor, number)
    const url = versionUrl(tenant, number, version)
    return c.json({ version, madeAt: madeAt.toISOString(), url }, 201, { location: url })
  })
  app.openapi(routes.withdraw, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    await withdrawItem(c.var.tenant, c.var.actor, c.req.valid('param').number, c.req.valid('json').reason)
    return c.body(null, 204)
  })
  app.openapi(routes.restore, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    await restoreItem(c.var.tenant, c.var.actor, c.req.valid('param').number)
    return c.body(null, 204)
  })
  app.openapi(routes.quality, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    return c.json(await reportQuality(c.var.tenant), 200)
  })
  return app
}

function refuseLarge(): never {
  throw new Problem(413, 'Too large', 'The body of this request may have 1 MiB at most.')
}

/** An item as JSON, with its revision as ETag. */
async function represent({ tenant, actor }: Env['Variables'], number: number) {
  const reading = await readItem(tenant, actor, number)
  if (!reading) throw new Problem(404, 'Not found', `There is no item ${number}.`)
  if (reading.kind === 'tombstone') {
    const { status, reason } = reading.tombstone
    throw new Problem(410, 'Gone', reason ? `Item ${number} was ${status}: ${reason}` : `Item ${number} was ${status}.`)
  }
  const { item } = reading
  const held = item.files.filter(({ access }) => access !== 'link').map(({ described }) => described)
  const body = {
    ...item,
    ...(may(actor, 'write') && { warnings: itemQuality(tenant, item.record, held) }),
    updatedAt: item.updatedAt.toISOString(),
    versions: item.versions.map((made) => ({ ...made, madeAt: made.madeAt.toISOString() })),
  }
  return [body, 200, { etag: `"${item.revision}"` }] as const
}
