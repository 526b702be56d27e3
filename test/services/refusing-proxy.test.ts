import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { DeleteObjectsCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RefusingProxy, runRefusingProxy } from './refusing-proxy.ts'
import { BUCKET, clientOf, runS3, type S3Server } from './s3.ts'

let server: S3Server
let proxy: RefusingProxy
beforeAll(async () => {
  server = await runS3()
  proxy = await runRefusingProxy(server.port)
})
afterAll(async () => {
  proxy?.close()
  await server?.close()
})

const WHEN_REQUIRED = {
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
} as const

describe('what Oracle refuses', () => {
  const deletion = { Bucket: BUCKET, Delete: { Objects: [{ Key: 'a' }] } }

  it('is a stream as the SDK sends it by itself', async () => {
    const Body = Readable.from([Buffer.from('bytes')])
    const put = new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body, ContentLength: 5 })
    await expect(clientOf(proxy.endpoint).send(put)).rejects.toThrow('aws-chunked')
  })

  it('is a list of what to delete as the SDK sends it, also where it has been told to send less', async () => {
    for (const options of [{}, WHEN_REQUIRED])
      await expect(clientOf(proxy.endpoint, options).send(new DeleteObjectsCommand(deletion))).rejects.toThrow('CRC32')
  })

  it.each([
    [{ 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }, 'a signature of a stream'],
    [{ 'x-amz-trailer': 'x-amz-checksum-crc32c' }, 'a trailer'],
    [{ 'x-amz-server-side-encryption': 'AES256' }, 'encryption'],
    [{ host: `${BUCKET}.objects.example` }, 'the bucket is in the host'],
  ])('is a request with %j', async (headers, refusal) => {
    const asked = request(`${proxy.endpoint}/${BUCKET}/a`, { method: 'PUT', headers })
    const answered = new Promise<Readable>((resolve) => asked.once('response', resolve))
    asked.end('bytes')
    expect(await text(await answered)).toContain(refusal)
  })

  it('is not what has a checksum that it takes', async () => {
    const client = clientOf(proxy.endpoint, WHEN_REQUIRED)
    const Body = Buffer.from('bytes')
    const ContentMD5 = createHash('md5').update(Body).digest('base64')
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body, ContentMD5 }))
    await client.send(new DeleteObjectsCommand({ ...deletion, ChecksumAlgorithm: 'SHA256' }))
  })
})
