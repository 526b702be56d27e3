import { create as contentDisposition } from 'content-disposition'
import type { Context } from 'hono'
import type { Env } from '../../env.ts'
import type { Dissemination } from '../../items/dissemination.ts'
import { whole } from '../../platform/conditional.ts'
import type { OutputFormat } from '../../records/formats/outputs.ts'
import type { Settings } from '../../tenancy/schema.ts'
import { negotiate } from './negotiate.ts'

/**
 * What an item's address answers to whoever would rather have a format, or the API's JSON, than the page; nothing where
 * the page will do. The answer at that address then depends on `Accept`.
 */
export function answerNegotiated(c: Context<Env>, item: Dissemination, settings: Settings): Response | undefined {
  const wanted = negotiate(c.req.header('accept'), item)
  // The API's resource is another, with an ETag of its own.
  if (wanted === 'json') return c.redirect(`${c.var.tenant.url}/api/v1/items/${item.number}`, 303)
  return wanted && answerIn(c, wanted, item, settings)
}

/** A format of an item at an address of its own, as a file to be saved. */
export function answerAsFile(c: Context<Env>, format: OutputFormat, item: Dissemination, settings: Settings): Response {
  const version = item.version ? `-v${item.version.version}` : ''
  const name = `item-${item.number}${version}.${format.extension}`
  c.header('content-disposition', contentDisposition(name))
  c.header('link', `<${item.url}>; rel="describes"; type="text/html"`)
  return answerIn(c, format, item, settings)
}

function answerIn(c: Context<Env>, format: OutputFormat, item: Dissemination, { name }: Settings): Response {
  const type = format.mediaType.endsWith('json') ? format.mediaType : `${format.mediaType}; charset=utf-8`
  return whole(c, format.write(item, { url: c.var.tenant.url, name }), type)
}
