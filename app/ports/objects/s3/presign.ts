import type { S3Client } from '@aws-sdk/client-s3'
import { ObjectsUnavailable } from '../port.ts'

/** Seconds for which a signature is good: whoever is handed an address asks at once, and afterwards it is of no use. */
const GOOD_FOR = 60

/** The SDK's own signer can do this; its declared type knows only how to sign headers. */
interface Presigner {
  presign(
    request: {
      method: string
      protocol: string
      hostname: string
      port?: number
      path: string
      query: Record<string, string>
      headers: Record<string, string>
    },
    options: { expiresIn: number },
  ): Promise<{ path: string; query?: Record<string, string> }>
}

/**
 * Path and query by which an object may be fetched from its server, without a key, for {@link GOOD_FOR} seconds. The
 * server's name is part of what is signed; ranges are not, and may be asked for.
 *
 * @param place bucket and key of the object, of letters that a path may hold as they are.
 * @throws ObjectsUnavailable if there is no key to sign with.
 */
export async function presign(client: S3Client, endpoint: string, place: string): Promise<string> {
  const { protocol, hostname, port, host } = new URL(endpoint)
  const signer = (await client.config.signer()) as unknown as Presigner
  const unsigned = {
    method: 'GET',
    protocol,
    hostname,
    ...(port !== '' && { port: Number(port) }),
    path: `/${place}`,
    query: {},
    headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  }
  try {
    const { path, query = {} } = await signer.presign(unsigned, { expiresIn: GOOD_FOR })
    return `${path}?${new URLSearchParams(query)}`
  } catch (error) {
    throw new ObjectsUnavailable(error)
  }
}
