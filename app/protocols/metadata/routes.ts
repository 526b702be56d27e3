import { type Context, Hono } from 'hono'
import type { Env } from '../../env.ts'
import { readItem } from '../../items/index.ts'
import { lastModified } from '../../platform/conditional.ts'
import { notFound, Problem } from '../../platform/problem.ts'
import { outputs } from '../../records/formats/outputs.ts'
import { answerAsFile } from './answer.ts'

const NUMBER = '[1-9][0-9]{0,8}'

/** Items and versions in every format, each at an address of its own: `/items/<n>/metadata/bibtex`. */
export function metadataRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.get(`/items/:number{${NUMBER}}/metadata/:format`, (c) =>
    answer(c, c.req.param('format'), Number(c.req.param('number'))),
  )
  app.get(`/items/:number{${NUMBER}}/versions/:version{${NUMBER}}/metadata/:format`, (c) =>
    answer(c, c.req.param('format'), Number(c.req.param('number')), Number(c.req.param('version'))),
  )
  return app
}

async function answer(c: Context<Env>, id: string, number: number, version?: number): Promise<Response> {
  const { tenant, actor } = c.var
  const format = outputs.find((each) => each.id === id)
  if (!format) throw notFound()
  const [settings, reading] = await Promise.all([tenant.settings(), readItem(tenant, actor, number, version)])
  if (!reading) throw notFound()
  if (reading.kind === 'tombstone') throw new Problem(410, 'Gone', 'This item is not public any more.')
  const modified = lastModified(reading.changed)
  if (modified !== undefined) c.header('last-modified', modified)
  return answerAsFile(c, format, reading.item, settings)
}
