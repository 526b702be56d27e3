import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { folderStore } from './folder.ts'
import { objectStoreSuite } from './suite.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kura-objects-'))
})
afterAll(() => rm(folder, { recursive: true }))

objectStoreSuite(async () => folderStore(folder))
