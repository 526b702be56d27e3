import type { HonoRequest } from 'hono'

/** Methods that change nothing (RFC 9110, section 9.2.1), as far as anything here answers them. */
const SAFE = ['GET', 'HEAD', 'OPTIONS']
/** Where POST reads too: harvesters ask OAI-PMH by it. */
const READ_BY_POST = '/oai'

/** Whether a request only reads. */
export const isReading = ({ method, path }: HonoRequest) =>
  SAFE.includes(method) || (method === 'POST' && path === READ_BY_POST)
