import { isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import ipaddr from 'ipaddr.js'
import type { Env } from '../env.ts'

/**
 * Who asks, as far as an address tells: an IPv4 address, or the /64 of an IPv6 address, of which one line has 2^64.
 * Nothing where no address can be had.
 *
 * @param proxies how many of ours a request passes: so many addresses from the right in X-Forwarded-For stands the
 * client's, put there by the outermost. What stands left of it came with the request, and says nothing.
 */
export function clientOf(c: Context, proxies: number): string | undefined {
  // Tests ask the application without a server before it.
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  const address =
    proxies === 0 ? incoming?.socket.remoteAddress : c.req.header('x-forwarded-for')?.split(',').at(-proxies)?.trim()
  if (address === undefined || isIP(address) === 0) return undefined
  // An IPv4 address that is written as one of IPv6 is an IPv4 address.
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${Buffer.from(parsed.toByteArray().slice(0, 8)).toString('hex')}/64`
}

/** Says in the context which client asks: those of which no address can be had are one. */
export const recognition = (proxies: number) =>
  createMiddleware<Env>(async function recognition(c, next) {
    c.set('client', clientOf(c, proxies) ?? 'unknown')
    await next()
  })
