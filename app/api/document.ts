import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from '../env.ts'
import type { Tenant } from '../tenancy/index.ts'
import { tags } from './tags.ts'
import { withUsualAnswers } from './usual.ts'

/** An OpenAPI document (3.1). */
export type Document = ReturnType<OpenAPIHono<Env>['getOpenAPI31Document']>
export type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>

/** Gives the document of an institution's API. */
export type Describe = (tenant: Pick<Tenant, 'url' | 'settings'>) => Promise<Document>

/**
 * The API as an OpenAPI document, made from the schemas that validate: of all routes that `app` has by the time that the
 * first request for it comes.
 */
export function describeApi(app: OpenAPIHono<Env>): Describe {
  let described: Document | undefined
  return async ({ url, settings }) => {
    described ??= withUsualAnswers(app.getOpenAPI31Document(frame))
    const { name } = await settings()
    const { openapi, info, ...rest } = described
    return { openapi, info: { ...info, title: `${name.en ?? name.ja}: API` }, servers: [{ url }], ...rest }
  }
}

const frame = {
  openapi: '3.1.1',
  info: {
    title: '',
    version: '1',
    summary: 'Search, read, deposit and take out what this repository holds.',
    description: [
      'Everything is JSON in UTF-8 unless an operation says otherwise.',
      'What readers may see needs no token. Who may do more sends `Authorization: Bearer <token>` (RFC 6750).',
      'An answer that is not what was asked for is `application/problem+json` (RFC 9457).',
      'Pages of a list are linked: follow `next`, which stands in the body and in the Link header (RFC 8288).',
      'Fields may be added to answers; what a request may say is exactly what stands here.',
    ].join('\n\n'),
  },
  externalDocs: { description: 'To read in a browser', url: '/api' },
  tags,
}
