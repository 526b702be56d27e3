import { open } from 'node:fs/promises'

/** Makes a new name in a folder survive a crash (fsync(2): a file's own sync does not cover its name). */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
