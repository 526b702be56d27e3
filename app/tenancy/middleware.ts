import { createMiddleware } from 'hono/factory'
import type { Env } from '../env.ts'
import { Problem } from '../platform/problem.ts'
import { isReading } from '../platform/reading.ts'
import type { Directory } from './directory.ts'

/**
 * Finds the institution that a request's Host belongs to. An unknown host gets a bare 404 without a trace of any
 * institution; another host of one is sent on to its canonical address.
 */
export const tenancy = (directory: Directory) =>
  createMiddleware<Env>(async function tenancy(c, next) {
    const host = (c.req.header('host') ?? '').replace(/:\d*$/, '').toLowerCase()
    const found = directory.byHost(host)
    if (!found) return c.text('There is no repository at this address.\n', 404)
    const { tenant, canonical } = found
    if (!canonical) {
      const { pathname, search } = new URL(c.req.url)
      return c.redirect(`${tenant.url}${pathname}${search}`, 301)
    }
    c.set('tenant', tenant)
    c.set('log', c.var.log.child({ tenant: tenant.id }))
    await next()
  })

/** Lets through what the institution can serve now, and what its state allows. */
export const availability = () =>
  createMiddleware<Env>(async function availability(c, next) {
    const { tenant } = c.var
    // Said without the database, which may have been purged.
    if (tenant.state === 'closed') throw new Problem(410, 'Closed', 'This repository is closed.')
    await tenant.ready()
    if (tenant.state === 'readonly' && !isReading(c.req))
      throw new Problem(403, 'Read-only', 'This repository takes no changes at present.')
    await next()
  })
