import { join } from 'node:path'
import { temporaryFolder } from '../setup/folder.ts'
import { startKura } from '../setup/kura.ts'
import { figuresOfHardCases } from './hard.ts'
import { configuration, connect, memory, runKura } from './instance.ts'
import { figuresOfMany } from './many.ts'
import { asked, measure, say } from './run.ts'
import { sections as ofOne } from './sections.ts'

/*
 * `npm run bench`: figures of what `npm start` runs, whole: real processes, and a PostgreSQL that keeps what it has
 * acknowledged. Beside them stand our limits, and what InvenioRDM 14 was measured to do on such a machine with 6,365
 * records. `-- --records 10000` makes it shorter. `-- --state <folder>` keeps the instance there, and
 * `--only pages,crawler` measures what an earlier run has left in it.
 */
const sections = {
  ...ofOne,
  hard: figuresOfHardCases,
  many: () => figuresOfMany(kura),
}
const { records, seed, only, state } = asked(sections)

const TENANT = 'hidamari'

const { folder, remove } = await temporaryFolder()
say('an instance is started')
const kura = await startKura(state ?? join(folder, 'state'))
try {
  const { url, adminToken: token } = kura.local.tenants[TENANT] as { url: string; adminToken: string }
  const db = await connect(kura.state, TENANT)
  const [web, worker] = ['web', 'worker'].map((program) => configuration(kura.state, program)) as [string, string]
  const bench = {
    ...{ tenant: TENANT, url, token, db, records, seed },
    memory: () => memory(web, worker),
    runKura: (...args: string[]) => runKura(web, ...args),
  }
  try {
    await measure(bench, sections, { only, peer: 'InvenioRDM 14' })
  } finally {
    await db.end()
  }
} finally {
  await kura.end()
  await remove()
}
