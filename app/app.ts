import { randomUUID } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { routePath } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import { authentication } from './accounts/index.ts'
import { aboutRoutes, describeApi } from './api/index.ts'
import { collectionRoutes } from './collections/index.ts'
import type { Config } from './config.ts'
import { editingRoutes, findMoved, importRoutes, itemFileRoutes, uploadRoutes } from './deposit/index.ts'
import type { Env } from './env.ts'
import { searchExportRoutes } from './exports/index.ts'
import { fileRoutes } from './files/index.ts'
import { harvestRoutes } from './harvests/index.ts'
import { itemRoutes } from './items/index.ts'
import { assets, contentSecurityPolicy, pageRoutes, problemPage } from './pages/index.ts'
import { recognition } from './platform/client.ts'
import { conditional } from './platform/conditional.ts'
import { readableEverywhere, refuseCrossSite } from './platform/cross-site.ts'
import { Busy } from './platform/database/index.ts'
import type { Log } from './platform/logs.ts'
import type { Metrics } from './platform/metrics.ts'
import { notFound, Problem } from './platform/problem.ts'
import { limitRates, takeTurns } from './platform/rates/index.ts'
import type { Caches } from './ports/cache/port.ts'
import { feedRoutes } from './protocols/feeds/index.ts'
import { metadataRoutes } from './protocols/metadata/index.ts'
import { oaiRoutes } from './protocols/oai-pmh/index.ts'
import { openSearchRoutes } from './protocols/opensearch/index.ts'
import { robotsRoutes, unindexed } from './protocols/robots/index.ts'
import { signpostingRoutes } from './protocols/signposting/index.ts'
import { sitemapRoutes } from './protocols/sitemaps/index.ts'
import { wellKnownRoutes } from './protocols/well-known/index.ts'
import { releaseRoutes } from './scan/index.ts'
import { searchRoutes } from './search/index.ts'
import { iconRoutes, settingsRoutes } from './settings/index.ts'
import { availability, type Directory, isUnavailable, tenancy, unavailable } from './tenancy/index.ts'
import { exportRoutes } from './transfer/index.ts'

export interface AppParts {
  caches: Caches
  directory: Directory
  log: Log
  metrics: Metrics
  web: Pick<Config['web'], 'proxies' | 'rates'>
}

/** The application as a table of contents: what every request passes, in order, then each capability's routes. */
export function createApp({ caches, directory, log, metrics, web }: AppParts): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>()

  app.use(observation(log, metrics))
  app.use(
    secureHeaders({
      // frame-ancestors of the content security policy says it better.
      xFrameOptions: false,
      // Repositories are there to be linked to and read by programs.
      crossOriginResourcePolicy: 'cross-origin',
      // Of other hosts below an institution's nothing is known.
      strictTransportSecurity: 'max-age=15552000',
      // Others may know which institution a reader comes from, and not which page; a firewall that reads what he searched
      // for in it, in the way of every page that he opens from there, could take it for an attack.
      referrerPolicy: 'strict-origin',
      permissionsPolicy: NOTHING_OF_THE_DEVICE,
    }),
  )
  app.use(contentSecurity())
  app.use(readableEverywhere())
  app.use(tenancy(directory))
  app.use(refuseCrossSite())
  app.route('/', assets)
  app.use(recognition(web.proxies))
  app.use(limitRates(web.rates, caches))
  app.use(takeTurns())
  app.use(unindexed())
  app.use(conditional())
  app.use(availability())
  app.use(authentication())
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }))

  const describe = describeApi(app)
  app.route('/api/v1', aboutRoutes(describe))
  app.route('/api/v1', itemRoutes())
  app.route('/api/v1', editingRoutes())
  app.route('/api/v1', itemFileRoutes())
  app.route('/api/v1', uploadRoutes())
  app.route('/api/v1', releaseRoutes())
  app.route('/api/v1', collectionRoutes())
  app.route('/api/v1', importRoutes())
  app.route('/api/v1', harvestRoutes())
  app.route('/api/v1', searchRoutes())
  app.route('/api/v1', settingsRoutes())
  app.route('/api/v1', searchExportRoutes())
  app.route('/api/v1', exportRoutes())
  app.route('/', fileRoutes())
  app.route('/', metadataRoutes())
  app.route('/', oaiRoutes())
  app.route('/', sitemapRoutes())
  app.route('/', robotsRoutes())
  app.route('/', feedRoutes())
  app.route('/', openSearchRoutes())
  app.route('/', signpostingRoutes())
  app.route('/', wellKnownRoutes())
  app.route('/', iconRoutes())
  app.route('/', pageRoutes(describe))

  app.notFound(async (c) => {
    const moved = await formerAddress(c)
    return moved === undefined ? await answerProblem(c, notFound()) : c.redirect(moved, 301)
  })
  app.onError(async (error, c) => {
    const problem = asProblem(error)
    if (isUnavailable(error) && !(error instanceof Busy)) c.var.tenant?.doubt()
    // A problem says why already, and whoever asked too much must not fill the log.
    if (problem.status >= 500 && error !== problem) (c.var.log ?? log).error({ err: error }, 'request failed')
    return await answerProblem(c, problem)
  })
  return app
}

/** What a page of ours, and what it frames, may have of the reader's device. */
const NOTHING_OF_THE_DEVICE = {
  browsingTopics: [],
  camera: [],
  displayCapture: [],
  geolocation: [],
  microphone: [],
  payment: [],
  usb: [],
}

/** What a browser may do with an answer that says nothing else: show it as a page of ours, without scripts or frames. */
const contentSecurity = () =>
  createMiddleware<Env>(async function contentSecurity(c, next) {
    await next()
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', contentSecurityPolicy)
  })

/** Gives each request an id, and notes what became of it when it is done, also when it failed. */
const observation = (log: Log, metrics: Metrics) =>
  createMiddleware<Env>(async function observation(c, next) {
    const started = performance.now()
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.set('log', log.child({ request: requestId }))
    c.header('x-request-id', requestId)
    try {
      await next()
    } finally {
      const ms = performance.now() - started
      const { method } = c.req
      const { status } = c.res
      const route = routePath(c, -1)
      metrics.observe({ method, route, status, seconds: ms / 1000 })
      c.var.log.info({ method, path: c.req.path, status, ms: Math.round(ms * 10) / 10 }, 'request')
    }
  })

/** Where what was at an address before it came here is now. */
async function formerAddress(c: Context<Env>): Promise<string | undefined> {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return undefined
  const { pathname, search } = new URL(c.req.url)
  return await findMoved(c.var.tenant, pathname + search)
}

function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error
  if (isUnavailable(error)) return unavailable(error)
  if (error instanceof HTTPException && error.status < 500)
    return new Problem(
      error.status as Problem['status'],
      'Bad request',
      error.message || 'This request could not be understood.',
    )
  // What a client sent, and no database can hold: a NUL in a name, a day of the year 0 (PostgreSQL's class 22).
  if (/^22...$/.test(String((error as { code?: unknown }).code)))
    return new Problem(400, 'Bad request', 'This request holds a value that cannot be.')
  // PostgreSQL's query_canceled: the statement's time is over.
  if ((error as { code?: unknown }).code === '57014')
    return new Problem(503, 'Took too long', 'This request asks for too much at once. Please ask for less.')
  return new Problem(500, 'Internal error', 'Something went wrong on our side. It has been noted.')
}

/** There is something at this address, but not for this method (RFC 9110, section 15.5.6). */
const refuseMethod = (c: Context, methods: string[]) => {
  const allow = methods.join(', ')
  // Headers stay when one answer takes the place of another, and this one is not compressed as that was.
  c.res.headers.delete('content-encoding')
  return answerProblem(c, new Problem(405, 'Method not allowed', `What can be done here is ${allow}.`, { allow }))
}

/** Programs get problem details (RFC 9457), readers a page. */
async function answerProblem(c: Context<Env>, problem: Problem): Promise<Response> {
  for (const [name, value] of Object.entries(problem.headers)) c.header(name, value)
  return c.req.path.startsWith('/api/v')
    ? c.body(problem.toJson(), problem.status, PROBLEM)
    : await problemPage(c, problem)
}

const PROBLEM = { 'content-type': 'application/problem+json' }
