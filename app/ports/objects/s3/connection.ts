import { readFile } from 'node:fs/promises'
import { Agent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import { S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import type { Config, Credentials } from '../../../config.ts'
import { ObjectsUnavailable } from '../port.ts'

/** Where a bucket is. */
export type Bucket = Omit<Extract<Config['objects'], { kind: 's3' }>, 'kind'>
/** Files with a key's id and its secret. */
export type KeyFiles = NonNullable<Credentials['objects']>

/** Milliseconds in which a connection must be made or become free. */
const CONNECT = 2_000
/** Milliseconds in which a request must be answered, a part of an object sent included. */
const ANSWER = 20_000
/** How often a request is sent that is not answered, or answered with an error of the server's own. */
const ATTEMPTS = 3

/**
 * A client of a bucket's server, within what Oracle's object storage takes of the S3 protocol: the bucket in the path,
 * bodies as they are (not `aws-chunked`), and no checksum that was not asked for. Its commands throw
 * {@link ObjectsUnavailable} if the server is not reached, cannot answer now or does not take our key, and what the
 * server said if it refuses them otherwise.
 *
 * @param connections that it holds at most. A download holds one for as long as its reader takes.
 */
export function connect({ endpoint, region }: Bucket, key: KeyFiles, connections: number): S3Client {
  const agent = { keepAlive: true, maxSockets: connections }
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    credentials: () => readKey(key),
    maxAttempts: ATTEMPTS,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECT,
      requestTimeout: ANSWER,
      throwOnRequestTimeout: true,
      httpAgent: new Agent(agent),
      httpsAgent: new TlsAgent(agent),
    },
  })
  client.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request)
      } catch (error) {
        throw isRefusal(error) ? error : new ObjectsUnavailable(error)
      }
    },
    // Outside of all others, those that try again included.
    { step: 'initialize', priority: 'high' },
  )
  return client
}

/** Read anew for each request: what expires at once is never kept, and files change under a running process. */
async function readKey({ id, secret }: KeyFiles) {
  const [accessKeyId, secretAccessKey] = await Promise.all([id, secret].map((file) => readFile(file, 'utf8')))
  return {
    accessKeyId: (accessKeyId as string).trim(),
    secretAccessKey: (secretAccessKey as string).trim(),
    expiration: new Date(),
  }
}

/**
 * Whether the server said that a request is wrong, now and later. A key that it does not take is none of that: it may
 * just be exchanged.
 */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false
  const { httpStatusCode: status = 500 } = error.$metadata
  return status < 500 && ![401, 403, 408, 429].includes(status)
}
