import { constants } from 'node:fs'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DataStore, Upload } from '@tus/server'
import { type Selectable, sql } from 'kysely'
import type { UploadTable } from '../../platform/database/tables.ts'
import { noRoom } from '../../platform/scratch.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { KEPT_DAYS, noSuchUpload } from './lease.ts'

const DAY = 24 * 60 * 60 * 1000
/** For writing anywhere in it; made where it is not there. */
const WRITING = constants.O_WRONLY | constants.O_CREAT

/** Folder for what an institution's uploads have brought so far; a file for each. */
export const uploadsFolder = ({ scratch, id }: Pick<Tenant, 'scratch' | 'id'>) => join(scratch.uploads, id)
export const partPath = (tenant: Tenant, upload: string) => join(uploadsFolder(tenant), upload)

export type UploadRow = Selectable<UploadTable>

/** An upload of an item. @throws Problem 404 where there is none. */
export async function readUpload({ db }: Tenant, item: number, id: string): Promise<UploadRow> {
  const { rows } = await sql<UploadRow>`
    select * from upload where id = ${id} and item = ${item}`.execute(db)
  if (!rows[0]) throw noSuchUpload()
  return rows[0]
}

/**
 * Bytes of an upload that are here. The last byte counts only once the item has the file: a sender that did not hear
 * how it ended sends it once more, and that ends it.
 */
export async function offsetOf(tenant: Tenant, { id, size, done }: UploadRow): Promise<number> {
  if (done) return size
  try {
    return Math.max(0, Math.min((await stat(partPath(tenant, id))).size, size - 1))
  } catch (error) {
    // Nothing has come yet; or the folder was lost, and all has to come again.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

/** Where the tus server keeps the uploads of an item: rows in the institution's database, bytes in its folder. */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration']
  readonly #tenant: Tenant
  readonly #item: number

  constructor(tenant: Tenant, item: number) {
    super()
    this.#tenant = tenant
    this.#item = item
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.#tenant.db
      .insertInto('upload')
      .values({
        id: upload.id,
        item: this.#item,
        size: upload.size as number,
        metadata: JSON.stringify(upload.metadata ?? {}),
        expires_at: new Date(Date.now() + this.getExpiration()),
      })
      .execute()
    return upload
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await readUpload(this.#tenant, this.#item, id)
    return new Upload({
      id,
      size: row.size,
      offset: await offsetOf(this.#tenant, row),
      metadata: row.metadata,
      // The library counts from here; we from when it was last worked on.
      creation_date: new Date(row.expires_at.getTime() - this.getExpiration()).toISOString(),
    })
  }

  /** Writes bytes where they belong, so that it does no harm to write some of them twice. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const { done } = await readUpload(this.#tenant, this.#item, id)
    if (done) return offset
    const path = partPath(this.#tenant, id)
    try {
      await mkdir(dirname(path), { recursive: true })
      const file = await open(path, WRITING, 0o600)
      const writing = file.createWriteStream({ start: offset, flush: true })
      await pipeline(bytes, writing)
      return offset + writing.bytesWritten
    } catch (error) {
      throw noRoom(error)
    }
  }

  override async remove(id: string): Promise<void> {
    await readUpload(this.#tenant, this.#item, id)
    await removeUpload(this.#tenant, id)
  }

  override getExpiration(): number {
    return KEPT_DAYS * DAY
  }
}

/** Forgets an upload. Its bytes go first: without its row nobody would find them. */
export async function removeUpload(tenant: Tenant, id: string): Promise<void> {
  await rm(partPath(tenant, id), { force: true })
  await tenant.db.deleteFrom('upload').where('id', '=', id).execute()
}
