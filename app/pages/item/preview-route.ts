import type { Context } from 'hono'
import type { Env } from '../../env.ts'
import { fileAsked, fileToSend, previewOf, readExcerpt, readTable } from '../../files/index.ts'
import { type Download, readItem } from '../../items/index.ts'
import { notFound } from '../../platform/problem.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { pageFor } from '../language.ts'
import { type Content, renderPreview } from './preview.tsx'

/**
 * A file of an item shown in a page, to whoever may have it: `/items/<n>/preview/<name>`, with `?version=<v>` as
 * downloads have it.
 *
 * @throws Problem as a download does, and 404 for what cannot be shown.
 */
export async function previewPage(c: Context<Env>): Promise<Response> {
  const { tenant, actor } = c.var
  const asked = fileAsked(c)
  const stored = await fileToSend(tenant, actor, asked)
  const [settings, reading, content] = await Promise.all([
    tenant.settings(),
    readItem(tenant, actor, asked.number, asked.version),
    contentOf(tenant, stored),
  ])
  const d = reading?.kind === 'item' ? reading.item : undefined
  const file = d?.files.find(({ name }) => name === asked.name)
  if (!d || !file || !content) throw notFound()
  return c.html(renderPreview(pageFor(c, settings, tenant), { d, file, content }))
}

/** What is shown of a file; a table that is none is shown as text. */
async function contentOf(tenant: Tenant, file: Download): Promise<Content | undefined> {
  const kind = previewOf(file.type)
  if (kind === 'table') {
    const table = await readTable(tenant, file)
    if (table) return { kind, table }
  }
  if (kind === 'table' || kind === 'text') return { kind: 'text', excerpt: await readExcerpt(tenant, file) }
  return kind && { kind }
}
