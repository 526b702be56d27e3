import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fetchLocal } from '../../app/cli/localhost.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { startKura } from '../setup/kura.ts'
import { openDoor } from './door.ts'
import { fuzz, install, type Report } from './schemathesis.ts'

/*
 * `npm run fuzz`: the API, as `npm start` runs it, is asked everything that its own document allows and much that it
 * does not, by nobody known and by the holder of a token. No answer may be one that the document does not have.
 * `-- --examples 10` makes it shorter, `-- --seed 7` repeats a run. It needs Python 3, and PyPI the first time; where
 * there is neither, KURA_FUZZ=skip leaves it out.
 */
const { values: options } = parseArgs({
  options: { examples: { type: 'string', default: '100' }, seed: { type: 'string' } },
})
const seed = options.seed ?? String(Math.trunc(Math.random() * 2 ** 31))

const TENANT = 'aozora'

if (process.env.KURA_FUZZ === 'skip') close(0, 0, 1)
else {
  const reports = await rounds()
  const found = reports.reduce((sum, { test_cases }) => sum + test_cases.unique_failures, 0)
  const asked = reports.reduce((sum, { test_cases }) => sum + test_cases.generated, 0)
  // An error of its own leaves operations untested, which is no pass.
  const broken = reports.filter(
    ({ exit_code, complete, operations }) => exit_code > 1 || !complete || operations.errored,
  )
  console.log(`Asked ${asked} times; the same again: npm run fuzz -- --examples ${options.examples} --seed ${seed}`)
  close(asked - found, found + broken.length, 0)
}

async function rounds(): Promise<Report[]> {
  await install().catch((error: Error) => {
    throw new Error(`${error.message} KURA_FUZZ=skip leaves the fuzzing out.`, { cause: error })
  })
  const { folder, remove } = await temporaryFolder()
  const kura = await startKura(join(folder, 'state'))
  const door = await openDoor(kura)
  try {
    const { url, adminToken } = kura.local.tenants[TENANT] as { url: string; adminToken: string }
    const said = await (await fetchLocal(`${url}/api/v1/openapi.json`)).text()
    const document = join(folder, 'openapi.json')
    await writeFile(document, said)
    const nobody = {
      // Python's resolver may not know names below localhost.
      address: `http://127.0.0.1:${door.port}`,
      headers: { Host: new URL(url).host },
      document,
      folder,
    }
    const staff = { ...nobody, headers: { ...nobody.headers, Authorization: `Bearer ${adminToken}` } }
    await mustFind({ ...nobody, document: join(folder, 'wrong.json') }, said)
    const [phases, steps] = ['examples,coverage,fuzzing', 'stateful']
    const common = ['--seed', seed, '--max-examples', options.examples]
    return [
      await fuzz(nobody, ...common, '--phases', phases),
      await fuzz(staff, ...common, '--phases', phases),
      // Each step uses what the one before has given.
      await fuzz(staff, ...common, '--phases', steps),
    ]
  } finally {
    await door.close()
    await kura.end()
    await remove()
  }
}

/** A document that says another thing than is answered must be found out: else nothing would be. */
async function mustFind(target: Parameters<typeof fuzz>[0], said: string) {
  const document = JSON.parse(said)
  document.components.schemas.Entry.properties.document.type = 'integer'
  await writeFile(target.document, JSON.stringify(document))
  console.log('First a document with a mistake, which must be found:')
  const { test_cases } = await fuzz(target, '--phases', 'coverage', '--include-operation-id', 'enter')
  if (test_cases.unique_failures === 0) throw new Error('an answer that is not as the document says was not found')
}

/** The line that scripts add up. */
function close(passed: number, failed: number, skipped: number) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  process.exitCode = failed > 0 ? 1 : 0
}
