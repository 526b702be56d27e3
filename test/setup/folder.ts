import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A folder for a test's files, and how to remove it. PostgreSQL runs as another user where tests run as root.
 *
 * @param parent the folder that it is made in.
 */
export async function temporaryFolder(parent = tmpdir()): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(parent, 'kura-test-'))
  await chmod(folder, 0o711)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
