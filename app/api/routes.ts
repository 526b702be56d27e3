import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { forAll, SCHEME, scopes } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { json } from '../platform/openapi.ts'
import { refuseInvalid } from '../platform/validation.ts'
import type { Describe } from './document.ts'

const tags = ['About']

const Entry = z
  .object({
    name: z.object({ ja: z.string(), en: z.string().optional() }).openapi({ description: 'The institution’s name' }),
    document: z.url().openapi({ description: 'The description of this API for programs (OpenAPI 3.1)' }),
    reference: z.url().openapi({ description: 'The same to read in a browser' }),
    search: z.url(),
    collections: z.url(),
    oai: z.url().openapi({ description: 'Where harvesters ask (OAI-PMH 2.0)' }),
  })
  .openapi('Entry')

const routes = {
  enter: createRoute({
    method: 'get',
    path: '/',
    tags,
    operationId: 'enter',
    summary: 'Where to begin',
    description: 'The addresses that lead to everything else.',
    security: forAll,
    responses: { 200: { description: 'The addresses', content: json(Entry) } },
  }),
  document: createRoute({
    method: 'get',
    path: '/openapi.json',
    tags,
    operationId: 'readDocument',
    summary: 'This description as an OpenAPI document',
    description: 'Made from the same schemas that requests are held against.',
    security: forAll,
    responses: {
      200: {
        description: 'The document',
        content: json(z.looseObject({ openapi: z.string(), paths: z.looseObject({}) })),
      },
    },
  }),
}

/** The entrance of the API and its document, below `/api/v1`. */
export function aboutRoutes(describe: Describe): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.openAPIRegistry.registerComponent('securitySchemes', SCHEME, {
    type: 'http',
    scheme: 'bearer',
    description: `A token of this institution. Its scopes say what it may do: ${scopes.join(', ')}.`,
  })

  app.openapi(routes.enter, async (c) => {
    const { url, settings } = c.var.tenant
    const { name } = await settings()
    const [document, reference] = [`${url}/api/v1/openapi.json`, `${url}/api`]
    return c.json(
      {
        name,
        document,
        reference,
        search: `${url}/api/v1/search`,
        collections: `${url}/api/v1/collections`,
        oai: `${url}/oai?verb=Identify`,
      },
      200,
      // RFC 8631.
      { link: `<${document}>; rel="service-desc"; type="application/json", <${reference}>; rel="service-doc"` },
    )
  })
  app.openapi(routes.document, async (c) => c.json(await describe(c.var.tenant), 200))
  return app
}
