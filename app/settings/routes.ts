import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { etag } from 'hono/etag'
import { demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { revisionsIn } from '../platform/if-match.ts'
import { mergePatch } from '../platform/merge-patch.ts'
import { Problem } from '../platform/problem.ts'
import { refuseInvalid } from '../platform/validation.ts'
import { Settings } from '../tenancy/schema.ts'
import { LOGO_SIZE } from './logo.ts'
import { NewSettings, SettingsPatch, StoredSettings, shownSettings } from './schemas.ts'
import { changeSettings, type Kept, readSettings, setLogo } from './store.ts'

const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } })
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: z.looseObject({}) } },
})
const problems = { 401: problem('No token'), 403: problem('Not allowed') }
const changing = {
  200: { description: 'The settings after the change, with their ETag', content: json(StoredSettings) },
  412: problem('Changed meanwhile'),
  413: problem('Too large'),
  422: problem('Invalid'),
  428: problem('If-Match is missing'),
  ...problems,
}
const Seen = z.object({
  'if-match': z.string().optional().openapi({ description: 'The ETag of the settings that were read, or *' }),
})
const image = { 'image/*': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } }

const routes = {
  read: createRoute({
    method: 'get',
    path: '/settings',
    middleware: etag(),
    responses: {
      200: { description: 'The settings of the institution, with their ETag', content: json(StoredSettings) },
      304: { description: 'They are those that the caller has' },
    },
  }),
  put: createRoute({
    method: 'put',
    path: '/settings',
    request: { headers: Seen, body: { required: true, content: json(NewSettings) } },
    responses: changing,
  }),
  patch: createRoute({
    method: 'patch',
    path: '/settings',
    request: {
      headers: Seen,
      body: { required: true, content: { 'application/merge-patch+json': { schema: SettingsPatch } } },
    },
    responses: { ...changing, 415: problem('No application/merge-patch+json') },
  }),
  putLogo: createRoute({
    method: 'put',
    path: '/settings/logo',
    request: { body: { required: true, content: image } },
    responses: {
      200: { description: 'The settings with the logo', content: json(StoredSettings) },
      413: problem('Too large'),
      422: problem('No PNG, JPEG, WebP or SVG, or one that cannot be a logo'),
      ...problems,
    },
  }),
  deleteLogo: createRoute({
    method: 'delete',
    path: '/settings/logo',
    responses: { 204: { description: 'There is no logo' }, ...problems },
  }),
}

/** The API's routes for the institution's settings, below `/api/v1`. Everyone may read them: they stand on its pages. */
export function settingsRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.use('/settings/*', bodyLimit({ maxSize: LOGO_SIZE, onError: refuseLarge }))

  app.openapi(routes.read, async (c) => {
    const kept = await readSettings(c.var.tenant)
    return c.json(shownSettings(kept, c.var.tenant.url), 200, tagOf(kept))
  })
  app.openapi(routes.put, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'configure'))
    const { logo: _, contrast: __, ...settings } = c.req.valid('json')
    return await change(c, c.req.valid('header')['if-match'], () => settings)
  })
  app.openapi(routes.patch, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'configure'))
    if (!/^application\/(merge-patch\+)?json\b/i.test(c.req.header('content-type') ?? ''))
      throw new Problem(415, 'Unsupported media type', 'A change is sent as application/merge-patch+json (RFC 7396).')
    const patch = c.req.valid('json')
    return await change(c, c.req.valid('header')['if-match'], (present) => {
      const merged = Settings.safeParse(mergePatch(present, patch))
      if (!merged.success) throw new Problem(422, 'Invalid', z.prettifyError(merged.error))
      return merged.data
    })
  })
  app.openapi(routes.putLogo, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'configure'))
    const kept = await setLogo(c.var.tenant, new Uint8Array(await c.req.arrayBuffer()))
    return c.json(shownSettings(kept, c.var.tenant.url), 200, tagOf(kept))
  })
  app.openapi(routes.deleteLogo, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'configure'))
    await setLogo(c.var.tenant, null)
    return c.body(null, 204)
  })
  return app
}

async function change(c: Context<Env>, match: string | undefined, to: (present: Settings) => Settings) {
  const seen = revisionsIn(match)
  if (seen === undefined)
    throw new Problem(428, 'Precondition required', 'Say which settings you have seen: If-Match with their ETag, or *.')
  const kept = await changeSettings(c.var.tenant, seen, to)
  if (!kept) throw new Problem(412, 'Changed meanwhile', 'The settings are others by now: read them again.')
  return c.json(shownSettings(kept, c.var.tenant.url), 200, tagOf(kept))
}

const tagOf = ({ revision }: Kept) => ({ etag: `"${revision}"` })

function refuseLarge(): never {
  throw new Problem(413, 'Too large', `The body of this request may have ${LOGO_SIZE / 1024} KiB at most.`)
}
