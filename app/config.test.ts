import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../test/setup/folder.ts'
import { writeConfiguration } from '../test/support/configuration.ts'
import { ConfigError, loadConfig } from './config.ts'

let folder: string
let remove: () => Promise<void>
beforeEach(async () => {
  ;({ folder, remove } = await temporaryFolder())
  const database = { host: '127.0.0.1', port: 5432 }
  await writeConfiguration(folder, { ids: ['aozora'], database, services: { config: {}, secrets: {} } })
})
afterEach(() => remove())

/** Changes a file of the configuration. */
async function change(name: string, more: (content: { [key: string]: object }) => object) {
  const file = join(folder, name)
  await writeFile(file, JSON.stringify(more(JSON.parse(await readFile(file, 'utf8')))))
}

describe("a cell's configuration", () => {
  it('may hold settings that only a later release knows', async () => {
    const before = loadConfig(folder)
    await change('kura.json', (config) => ({ ...config, later: {}, web: { ...config.web, later: true } }))
    await change('tenants/aozora.json', (tenant) => ({ ...tenant, later: 1 }))
    expect(loadConfig(folder)).toEqual(before)
  })

  it('is refused by the name of its file and of what is wrong in it', async () => {
    await change('kura.json', (config) => ({ ...config, worker: { sweep: 0 } }))
    expect(() => loadConfig(folder)).toThrow(ConfigError)
    expect(() => loadConfig(folder)).toThrow(/kura\.json: .*\n.*worker\.sweep/)
  })
})
