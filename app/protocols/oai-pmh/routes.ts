import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { Env } from '../../env.ts'
import { feedMoment } from '../../items/index.ts'
import { Problem } from '../../platform/problem.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { answer, baseUrl } from './answer.ts'
import { Refusal, refusal } from './refusal.ts'
import { checkArguments, readRequest } from './request.ts'
import { envelope } from './xml.ts'

/** OAI-PMH 2.0, http://www.openarchives.org/OAI/openarchivesprotocol.html: what the public may see, and no more. */
export function oaiRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.use('/oai', compress({ encoding: 'gzip' }), bodyLimit({ maxSize: 64 * 1024, onError: refuseLarge }))
  app.get('/oai', (c) => respond(c, new URL(c.req.url).searchParams))
  app.post('/oai', async (c) => respond(c, isForm(c) ? new URLSearchParams(await c.req.text()) : undefined))
  return app
}

async function respond(c: Context<Env>, parameters: URLSearchParams | undefined): Promise<Response> {
  return c.body(await responseTo(c.var.tenant, parameters), 200, { 'content-type': 'text/xml; charset=utf-8' })
}

/** @param parameters of the request; nothing where they were not sent in the form that the protocol has for them. */
async function responseTo(tenant: Tenant, parameters: URLSearchParams | undefined): Promise<string> {
  let moment = new Date()
  let asked: Readonly<Record<string, string>> = {}
  const respond = (body: Parameters<typeof envelope>[3]) => envelope(baseUrl(tenant), moment, asked, body)
  try {
    if (!parameters) throw refusal('badVerb', `By POST, arguments are sent as ${FORM}.`)
    const checked = checkArguments(parameters)
    asked = checked
    const request = readRequest(checked)
    // A harvester begins its next list at this one's moment: it is fixed before anything is read.
    if ('list' in request) moment = await feedMoment(tenant)
    return respond(await answer(tenant, request))
  } catch (error) {
    if (error instanceof Refusal) return respond(error.errors)
    throw error
  }
}

const isForm = (c: Context<Env>) => c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() === FORM

/** OAI-PMH 2.0, section 3.1.1.2. */
const FORM = 'application/x-www-form-urlencoded'

function refuseLarge(): never {
  throw new Problem(413, 'Too large', 'A request may have 64 KiB at most.')
}
