import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { demand, forAll, needs } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { demandRevisions } from '../platform/if-match.ts'
import { mergePatch } from '../platform/merge-patch.ts'
import { headers, IfMatch, json, problems } from '../platform/openapi.ts'
import { Problem } from '../platform/problem.ts'
import { invalid, limitBody, refuseInvalid } from '../platform/validation.ts'
import { logoTypes, Settings } from '../tenancy/schema.ts'
import { LOGO_SIZE } from './logo.ts'
import { NewSettings, SettingsPatch, StoredSettings, shownSettings } from './schemas.ts'
import { changeSettings, type Kept, readSettings, setLogo } from './store.ts'

/** KiB of settings at most: all texts as long as they may be, in both languages and escaped. */
const SETTINGS_SIZE = 1_024

const tags = ['Settings']
const security = needs('settings:write')
const given = { headers: { ETag: headers.ETag }, content: json(StoredSettings) }
const changing = {
  200: { description: 'The settings after the change', ...given },
  ...problems({
    412: 'The settings have changed since they were read: read them again',
    428: 'If-Match is missing',
  }),
}
const Seen = z.object({ 'if-match': IfMatch })
const middleware = limitBody(SETTINGS_SIZE)
const image = { schema: z.string().openapi({ format: 'binary' }) }
const images = Object.fromEntries(Object.keys(logoTypes).map((type) => [type, image]))

const routes = {
  read: createRoute({
    method: 'get',
    path: '/settings',
    tags,
    operationId: 'readSettings',
    summary: 'Read the settings of the institution',
    description: 'Its name, colours, texts and links, as its pages show them.',
    security: forAll,
    responses: { 200: { description: 'The settings', ...given } },
  }),
  put: createRoute({
    method: 'put',
    path: '/settings',
    tags,
    operationId: 'putSettings',
    summary: 'Replace the settings',
    description: 'What was read can be sent back as it is, with what is to be another. Pages show it at once.',
    security,
    middleware,
    request: {
      headers: Seen,
      body: {
        required: true,
        content: json(NewSettings, {
          name: { ja: '青空大学学術リポジトリ', en: 'Aozora University Repository' },
          languages: ['ja', 'en'],
          colour: '#1a5276',
          contact: 'library@repository.example',
        }),
      },
    },
    responses: changing,
  }),
  patch: createRoute({
    method: 'patch',
    path: '/settings',
    tags,
    operationId: 'editSettings',
    summary: 'Change some of the settings',
    description: 'A setting that is null goes, a list is replaced whole, and what is not named stays.',
    security,
    middleware,
    request: {
      headers: Seen,
      body: {
        required: true,
        content: {
          'application/merge-patch+json': { schema: SettingsPatch, example: { colour: '#1a5276', partOf: null } },
        },
      },
    },
    responses: changing,
  }),
  putLogo: createRoute({
    method: 'put',
    path: '/settings/logo',
    tags,
    operationId: 'putLogo',
    summary: 'Give the institution a logo',
    description: `A PNG, JPEG, WebP or SVG of ${LOGO_SIZE / 1024} KiB at most, whose sides have 4,096 pixels at most.`,
    security,
    middleware: limitBody(LOGO_SIZE / 1024),
    request: { body: { required: true, content: images } },
    responses: {
      200: { description: 'The settings with the logo', ...given },
      ...problems({ 422: 'It is no image of these kinds, or one that cannot be a logo' }),
    },
  }),
  deleteLogo: createRoute({
    method: 'delete',
    path: '/settings/logo',
    tags,
    operationId: 'deleteLogo',
    summary: 'Take the logo away',
    security,
    responses: { 204: { description: 'There is no logo' } },
  }),
}

/** The API's routes for the institution's settings, below `/api/v1`. Everyone may read them: they stand on its pages. */
export function settingsRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })

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
      if (!merged.success) throw invalid(merged.error)
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
  const kept = await changeSettings(c.var.tenant, demandRevisions(match), to)
  if (!kept) throw new Problem(412, 'Changed meanwhile', 'The settings are others by now: read them again.')
  return c.json(shownSettings(kept, c.var.tenant.url), 200, tagOf(kept))
}

const tagOf = ({ revision }: Kept) => ({ etag: `"${revision}"` })
