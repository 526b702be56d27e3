import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3'

/** What became of versions that are not the latest: a key need not have the right to destroy them. */
export type OldVersions = 'removed' | 'kept'

interface Below {
  Bucket: string
  Prefix: string
}

/** Removes what is below a prefix: uploads that nobody has finished, objects, and old versions where the key may. */
export async function removeBelow(client: S3Client, below: Below): Promise<OldVersions> {
  const { Bucket } = below
  for await (const uploads of unfinishedUploads(client, below))
    for (const upload of uploads) await client.send(new AbortMultipartUploadCommand({ Bucket, ...upload }))
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, below))
    await remove(client, Bucket, Contents.map(idOf))
  try {
    for await (const versions of allVersions(client, below)) await remove(client, Bucket, versions)
    return 'removed'
  } catch (error) {
    if (isDenied(error) || isDenied((error as Error).cause)) return 'kept'
    throw error
  }
}

const isDenied = (error: unknown) => error instanceof Error && error.name === 'AccessDenied'

/** Removes up to a thousand objects, or versions. */
async function remove(client: S3Client, Bucket: string, Objects: ObjectIdentifier[]) {
  if (Objects.length === 0) return
  const { Errors = [] } = await client.send(
    // This request must have a checksum, and Oracle's object storage does not take the one that is the default.
    new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true }, ChecksumAlgorithm: 'SHA256' }),
  )
  const [first] = Errors
  if (first)
    throw Object.assign(new Error(`${Errors.length} objects were not removed, ${first.Key} for ${first.Message}`), {
      name: first.Code ?? 'Error',
    })
}

async function* unfinishedUploads(client: S3Client, below: Below) {
  for (let after = {}; ; ) {
    const page = await client.send(new ListMultipartUploadsCommand({ ...below, ...after }))
    yield (page.Uploads ?? []).map(({ Key, UploadId }) => ({ Key, UploadId }))
    if (!page.IsTruncated) return
    after = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
  }
}

/** Pages of all versions, the notes of a removal among them. */
async function* allVersions(client: S3Client, below: Below) {
  for (let after = {}; ; ) {
    const page = await client.send(new ListObjectVersionsCommand({ ...below, ...after }))
    yield [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(idOf)
    if (!page.IsTruncated) return
    after = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
  }
}

const idOf = ({ Key, VersionId }: { Key?: string | undefined; VersionId?: string | undefined }): ObjectIdentifier => ({
  Key,
  VersionId,
})
