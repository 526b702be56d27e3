import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'

/** Bytes of the first parts, which are those of nearly all objects. */
const PART = 8 * 2 ** 20
/** Parts after which they are twice as large: with the 10,000 that S3 allows, an object can have more than 1,000 GiB. */
const DOUBLES = 1_500
/** Parts of an object that are sent at a time. An upload holds as many in memory, and the next, that is gathered. */
const AT_ONCE = 3
/** Bytes of memory that a part begins with. Most objects are small. */
const PIECE = 64 * 2 ** 10

interface Place {
  Bucket: string
  Key: string
}

/** A part of an object, or all of it, with the MD5 that the server holds against what has arrived. */
interface Part {
  Body: Buffer
  ContentMD5: string
}

/**
 * Sends an object as its bytes come: what fits into one part in one request, anything larger in parts, a few
 * at a time while the next is gathered. The object is there when all is, not before. What is given up is removed at once; what a crash
 * leaves, by the bucket's rule for uploads that nobody has finished.
 */
export async function upload(client: S3Client, place: Place, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = gathered(bytes)
  try {
    const first = (await parts.next()).value as Part
    if (first.Body.length < PART) await client.send(new PutObjectCommand({ ...place, ...first }))
    else await inParts(client, place, first, parts)
  } finally {
    await parts.return(undefined)
  }
}

async function inParts(client: S3Client, place: Place, first: Part, others: AsyncGenerator<Part>) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(place))
  const parts: Promise<CompletedPart>[] = []
  const send = async (PartNumber: number, part: Part): Promise<CompletedPart> => {
    const { ETag } = await client.send(new UploadPartCommand({ ...place, UploadId, PartNumber, ...part }))
    return { PartNumber, ETag }
  }
  const begin = (part: Part) => {
    const sent = send(parts.length + 1, part)
    // Waited for below, maybe after it has failed.
    sent.catch(() => {})
    parts.push(sent)
  }
  try {
    begin(first)
    for await (const part of others) {
      begin(part)
      await parts[parts.length - AT_ONCE]
    }
    const Parts = await Promise.all(parts)
    await client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }))
  } catch (error) {
    // A part that is under way would come after the end.
    await Promise.allSettled(parts)
    await client.send(new AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => {})
    throw error
  }
}

/** The bytes in parts of the sizes that their numbers have; the last may be smaller, and there is always one. */
async function* gathered(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Part, undefined> {
  let number = 1
  let part = newPart(sizeOf(number))
  for await (const chunk of bytes) {
    let taken = part.take(chunk)
    while (part.isFull()) {
      yield part.ended()
      part = newPart(sizeOf(++number))
      taken += part.take(chunk.subarray(taken))
    }
  }
  if (number === 1 || !part.isEmpty()) yield part.ended()
}

const sizeOf = (number: number) => PART * 2 ** Math.floor((number - 1) / DOUBLES)

/** Memory for a part, which grows with what comes: chunks themselves, kept until a part is full, may be tiny and many. */
function newPart(size: number) {
  const md5 = createHash('md5')
  let memory = Buffer.allocUnsafe(PIECE)
  let length = 0
  return {
    /** @returns how many bytes still fitted. */
    take(chunk: Uint8Array): number {
      const fitting = chunk.subarray(0, size - length)
      if (length + fitting.length > memory.length) {
        const larger = Buffer.allocUnsafe(Math.min(size, Math.max(memory.length * 4, length + fitting.length)))
        memory.copy(larger, 0, 0, length)
        memory = larger
      }
      memory.set(fitting, length)
      md5.update(fitting)
      length += fitting.length
      return fitting.length
    },
    isFull: () => length === size,
    isEmpty: () => length === 0,
    ended: (): Part => ({ Body: memory.subarray(0, length), ContentMD5: md5.digest('base64') }),
  }
}
