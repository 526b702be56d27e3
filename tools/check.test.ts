import { execFile } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../app/cli/local.ts'
import { temporaryFolder } from '../test/setup/folder.ts'

/** Importing file, what it imports, and whether it may. */
const imports = [
  ['infra/index.ts', '../app/config.ts', true],
  ['infra/tenants/read.ts', '../../app/tenancy/schema.ts', true],
  ['infra/index.ts', '../app/main.ts', false],
  ['infra/repositories/cell.ts', '../../app/tenancy/tenant.ts', false],
  ['infra/index.ts', '../tools/evaluate/index.ts', false],
  ['app/main.ts', './config.ts', true],
  ['app/main.ts', '../infra/settings.ts', false],
  ['app/cli/kura.ts', '../../tools/ports.ts', false],
  ['app/items/read.ts', '../platform/database/index.ts', true],
  ['app/pages/routes.ts', '../items/index.ts', true],
  ['app/pages/routes.ts', '../platform/database/index.ts', false],
  ['app/pages/item/files.tsx', '../../../infra/settings.ts', false],
  ['app/protocols/oai-pmh/index.ts', '../../platform/database/tables.ts', false],
] as const

describe('who may import whom', () => {
  let reported: string[]
  let remove: () => Promise<void>
  const fileOf = (index: number, importing: string) => importing.replace(/(\.tsx?)$/, `-${index}$1`)

  beforeAll(async () => {
    const temporary = await temporaryFolder()
    remove = temporary.remove
    await copyFile(join(root, 'biome.json'), join(temporary.folder, 'biome.json'))
    for (const [index, [importing, imported]] of imports.entries()) {
      const file = join(temporary.folder, fileOf(index, importing))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, `import * as imported from '${imported}'\n\nexport const used = imported\n`)
    }
    const options = ['lint', '--vcs-enabled=false', '--only=style/noRestrictedImports', '--reporter=json']
    const output = await new Promise<string>((resolve) =>
      execFile(
        process.execPath,
        [join(root, 'node_modules/.bin/biome'), ...options],
        { cwd: temporary.folder },
        (_, stdout) => resolve(stdout),
      ),
    )
    reported = JSON.parse(output).diagnostics.map(({ location }: { location: { path: string } }) => location.path)
  })
  afterAll(() => remove())

  it.each(imports.map((row, index) => [...row, index] as const))(
    '%s may import %s: %s',
    (importing, _, allowed, index) => {
      expect(reported.includes(fileOf(index, importing))).toBe(!allowed)
    },
  )
})
