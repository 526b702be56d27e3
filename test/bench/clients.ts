import { lookup } from 'node:dns'
import { Agent, fetch, type RequestInit, type Response } from 'undici'

/** Asks an institution of an instance on this machine, `http://<name>.localhost:<port>`. */
export type Ask = (url: string, init?: RequestInit) => Promise<Response>

/** Requests that one client of a crowd makes: fewer than any limit of a minute. */
const EACH = 100

/**
 * A client with an address of its own: all of 127.0.0.0/8 is this machine (RFC 1122, section 3.2.1.3). What is limited
 * by client counts it alone. Linux needs nothing for it; macOS wants each address made known first.
 */
export function clientAt(address: string): Ask {
  const dispatcher = new Agent({
    localAddress: address,
    connect: {
      lookup: (_host, options, callback) => lookup('127.0.0.1', options, callback),
    },
  })
  return (url, init = {}) => fetch(url, { ...init, dispatcher })
}

/** Requests of all crowds: a later one has other addresses. */
let asked = 0

/** Many clients that ask one after the other, so that a figure is that of the work and of no limit. */
export function crowd(): Ask {
  let client: Ask | undefined
  return (url, init) => {
    const number = Math.floor(asked / EACH)
    if (asked++ % EACH === 0 || client === undefined)
      client = clientAt(`127.1.${Math.floor(number / 250) % 250}.${1 + (number % 250)}`)
    return client(url, init)
  }
}
