import type { FileHandle } from 'node:fs/promises'
import { type PayloadFile, writeBag } from '../../bagit/index.ts'
import { notesIn, openScratch } from '../../platform/scratch.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { INSTITUTION, itemTables, PROFILE, rowsPath, type TableName, wholeTables } from '../form.ts'
import { readNoted } from '../rows.ts'
import { openCrate } from './crate.ts'
import { exportedItems, recordXml } from './items.ts'
import { recordPath } from './paths.ts'
import { type NotedFile, type Snapshot, takeSnapshot } from './snapshot.ts'

/** An institution's export under way. */
export interface Export {
  /** Name of the archive and of the folder in it. */
  name: string
  /** The archive, to be read once; a file that is not what it was when it came breaks it off. */
  bytes: AsyncGenerator<Uint8Array>
}

/**
 * Everything that an institution has, at this moment, as a bag (BagIt, RFC 8493) in a ZIP archive. The rows are copied
 * before anything is handed out; the files' bytes are read while the archive is.
 */
export async function exportInstitution(tenant: Tenant): Promise<Export> {
  const settings = await tenant.settings()
  const snapshot = await takeSnapshot(tenant)
  const written = new Date(snapshot.institution.takenAt)
  const name = `${tenant.id}-${snapshot.institution.takenAt.slice(0, 10)}`
  async function* bytes() {
    const scratches: FileHandle[] = []
    const notes = async () => {
      scratches.push(await openScratch(tenant.scratch.exports))
      return notesIn(scratches.at(-1) as FileHandle)
    }
    try {
      const crate = openCrate(snapshot, settings, [await notes(), await notes()])
      const bag = {
        name,
        written,
        info: [
          ['BagIt-Profile-Identifier', PROFILE],
          ['Source-Organization', settings.name.en ?? settings.name.ja],
          ['Contact-Email', settings.contact],
          ['External-Description', `Everything that the repository ${tenant.url} holds`],
          ['External-Identifier', tenant.url],
          ['Bagging-Date', snapshot.institution.takenAt.slice(0, 10)],
        ],
        payload: payload(tenant, snapshot, crate),
      } as const
      yield* writeBag(bag, [await notes(), await notes()])
    } finally {
      await Promise.all(scratches.map((scratch) => scratch.close()))
      await snapshot.close()
    }
  }
  return { name, bytes: bytes() }
}

async function* payload(
  tenant: Tenant,
  snapshot: Snapshot,
  crate: ReturnType<typeof openCrate>,
): AsyncGenerator<PayloadFile> {
  const below = (path: string) => path.slice('data/'.length)
  const institution = `${JSON.stringify(snapshot.institution, null, 2)}\n`
  yield { path: below(INSTITUTION), bytes: Buffer.from(institution), compress: true }
  for (const table of [...Object.keys(wholeTables), ...Object.keys(itemTables)] as TableName[]) {
    const bytes = table === 'file' ? withoutObjects(snapshot) : snapshot.read(table)
    yield { path: below(rowsPath(table)), bytes, compress: true }
  }
  for await (const exported of exportedItems(tenant, snapshot)) {
    if (exported.status === 'public') await crate.add(exported)
    if (exported.status !== 'deleted')
      yield { path: recordPath(exported.item.number), bytes: Buffer.from(recordXml(exported)), compress: true }
    for (const { path, object, size, sha256 } of exported.held)
      yield { path, bytes: opened(tenant, object, path), size: size ?? 0, sha256: sha256?.slice(2), compress: false }
  }
  yield { path: 'ro-crate-metadata.json', bytes: crate.read(), compress: true }
}

async function* withoutObjects(snapshot: Snapshot): AsyncGenerator<Uint8Array> {
  for await (const { row } of readNoted<NotedFile>(snapshot.read('file'))) {
    const { object: _, ...rest } = row
    yield Buffer.from(`${JSON.stringify(rest)}\n`)
  }
}

/** Opened when its turn comes, and not before. @throws Error that says whose bytes are not there. */
async function* opened({ objects }: Tenant, object: string, path: string): AsyncGenerator<Uint8Array> {
  const bytes = await objects.get(object).catch((cause) => {
    throw new Error(`the bytes of ${path} cannot be read`, { cause })
  })
  yield* bytes
}
