import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** The same content makes the same archive, whenever it is made. */
const MADE = new Date('2026-04-01T00:00:00Z')

/** A ZIP archive of texts and bytes by path. */
export async function zipOf(files: Record<string, string | Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile()
  for (const [path, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content as string), path, { mtime: MADE })
  zip.end()
  return new Uint8Array(await buffer(zip.outputStream))
}
