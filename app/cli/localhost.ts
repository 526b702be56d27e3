import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, fetch, type RequestInit, type Response } from 'undici'

/**
 * Resolves names below `localhost` to this machine (RFC 6761, section 6.3). Browsers do so by themselves; the
 * resolvers of several systems know `localhost` alone.
 */
const lookupLocalhost: LookupFunction = (host, options, callback) =>
  lookup(host.endsWith('.localhost') ? 'localhost' : host, options, callback)

// No time limits on the answer: an import answers when it has read what it was sent.
const agent = new Agent({ connect: { lookup: lookupLocalhost }, headersTimeout: 0, bodyTimeout: 0 })

/** `fetch` that finds `http://<name>.localhost` everywhere, and keeps the name in Host: by it an institution is known. */
export const fetchLocal = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, dispatcher: agent })
