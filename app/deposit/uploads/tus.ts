import { randomUUID } from 'node:crypto'
import { type Lock, Server } from '@tus/server'
import type { Context } from 'hono'
import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status'
import type { Env } from '../../env.ts'
import { Problem } from '../../platform/problem.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { mustTakeFile } from '../editing/put-file.ts'
import { mustHaveRoom } from '../storage-room.ts'
import { finishUpload } from './finish.ts'
import { type Lease, leaseUpload } from './lease.ts'
import { fileOf } from './metadata.ts'
import { UploadStore } from './store.ts'

/** The one version of the protocol that there is: https://tus.io/protocols/resumable-upload */
const VERSION = '1.0.0'
const GIB = 2 ** 30
/** What the library says for pages of other sites. This is no API for those. */
const FOR_OTHER_SITES = /^access-control-/

/**
 * Answers a request of the tus protocol about an item's uploads. The library speaks it; what is its own affair is who
 * may, where rows and bytes are, and how failures are told.
 *
 * @param id of the upload, where it is about one.
 */
export async function speakTus(c: Context<Env>, item: number, id?: string): Promise<Response> {
  const { tenant, actor } = c.var
  const { method } = c.req
  c.header('tus-resumable', VERSION)
  if (method !== 'OPTIONS' && c.req.header('tus-resumable') !== VERSION)
    throw new Problem(412, 'Another version', `This is tus ${VERSION}: say so in Tus-Resumable.`, {
      'tus-version': VERSION,
    })
  const failures: unknown[] = []
  const server = new Server({
    path: uploadsPath(item),
    datastore: new UploadStore(tenant, item),
    // A lease is for those who change something that others may be at.
    locker: { newLock: (upload) => (method === 'PATCH' || method === 'DELETE' ? lockOn(tenant, upload) : NO_LOCK) },
    // It takes the least for the default.
    lockDrainTimeout: 1,
    maxSize: tenant.limits.upload * GIB,
    namingFunction: () => randomUUID(),
    generateUrl: (_, { path, id: made }) => `${tenant.url}${path}/${made}`,
    getFileIdFromRequest: () => id,
    allowedOrigins: [],
    async onUploadCreate(_, { size, metadata }) {
      await mustTakeFile(tenant, item, fileOf(metadata ?? {}))
      await mustHaveRoom(tenant, size ?? 0)
      return {}
    },
    async onUploadFinish(_, upload) {
      await finishUpload(tenant, actor, item, upload.id)
      return {}
    },
    onResponseError(_, error) {
      failures.push(error)
      return undefined
    },
  })
  const response = await server.handleWeb(c.req.raw)
  const [failure] = failures
  // The library's own are objects with a status.
  if (failure !== undefined && !Object.hasOwn(failure as object, 'status_code')) throw failure
  if (response.status >= 400) {
    const said = (await response.text()).trim()
    throw new Problem(response.status as ContentfulStatusCode, 'Not uploaded', said || 'This cannot be uploaded so.')
  }
  const headers = [...response.headers].filter(([name]) => !FOR_OTHER_SITES.test(name))
  return c.body(null, response.status as StatusCode as 204, Object.fromEntries(headers))
}

/** Path of the uploads of an item. */
const uploadsPath = (item: number) => `/api/v1/items/${item}/uploads`

function lockOn(tenant: Tenant, upload: string): Lock {
  let lease: Lease | undefined
  return {
    async lock(_, interrupt) {
      lease = await leaseUpload(tenant, upload, () => void interrupt())
    },
    async unlock() {
      await lease?.release()
    },
  }
}

const NO_LOCK: Lock = { async lock() {}, async unlock() {} }
