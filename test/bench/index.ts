import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { temporaryFolder } from '../setup/folder.ts'
import { startKura } from '../setup/kura.ts'
import { connect } from './instance.ts'
import { sections } from './sections.ts'
import { type Row, table } from './table.ts'

/*
 * `npm run bench`: figures of what `npm start` runs, whole: real processes, and a PostgreSQL that keeps what it has
 * acknowledged. Beside them stand our limits, and what InvenioRDM 14 was measured to do on such a machine with 6,365
 * records. `-- --records 10000` makes it shorter. `-- --state <folder>` keeps the instance there, and
 * `--only pages,crawler` measures what an earlier run has left in it.
 */
const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: Object.keys(sections).join(',') },
    state: { type: 'string' },
  },
})
const records = Number(options.records)
const seed = Number(options.seed)
if (!Number.isSafeInteger(records) || records < 1_000 || !Number.isSafeInteger(seed))
  throw new Error('--records needs a whole number from 1000, --seed a whole number')
const chosen = options.only.split(',')
const unknown = chosen.filter((name) => !Object.hasOwn(sections, name))
if (unknown.length > 0) throw new Error(`--only knows ${Object.keys(sections).join(', ')}, not ${unknown.join(', ')}`)

const TENANT = 'hidamari'

const { folder, remove } = await temporaryFolder()
say('an instance is started')
const kura = await startKura(options.state ?? join(folder, 'state'))
try {
  const { url, adminToken: token } = kura.local.tenants[TENANT] as { url: string; adminToken: string }
  const db = await connect(kura, TENANT)
  const bench = { kura, tenant: TENANT, url, token, db, records, seed, say }
  const rows: Row[] = []
  try {
    for (const [name, figures] of Object.entries(sections)) {
      if (!chosen.includes(name)) continue
      for await (const row of figures(bench)) {
        say(`${row.what}: ${row.measured}`)
        rows.push(row)
      }
    }
  } finally {
    await db.end()
  }
  console.log(`\n${table(rows)}`)
} finally {
  await kura.end()
  await remove()
}

function say(text: string) {
  console.log(`${process.uptime().toFixed(0).padStart(6)} s  ${text}`)
}
