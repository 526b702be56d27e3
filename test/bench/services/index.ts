import { join } from 'node:path'
import { until, watchForInterruption } from '../../../tools/interruption.ts'
import { temporaryFolder } from '../../setup/folder.ts'
import { connect, memory, runKura } from '../instance.ts'
import { asked, measure, say } from '../run.ts'
import { type Bench, COUNTS, sections } from './sections.ts'
import { openStage } from './stage.ts'

/*
 * `npm run bench:services`: figures of the application on the services that production has, each a real server on this
 * machine; beside its search that of the PostgreSQL adapter, over the same records. `-- --state <folder>` measures what
 * is there: a run's of `npm run bench`, for example. It is indexed anew then.
 */
const { records, seed, only, state } = asked(sections)

const { stop } = watchForInterruption()
const { folder, remove } = await temporaryFolder()
say('the services are started')
const path = state ?? join(folder, 'state')
const stage = await openStage(path, Math.max(...COUNTS))
try {
  const institutions = stage.institutions(COUNTS[0])
  const tenant = institutions[0] as string
  const site = await stage.run('services', institutions.length)
  const db = await connect(path, tenant)
  try {
    const bench: Bench = {
      ...{ stage, site, institutions, tenant, url: site.url(tenant), token: await site.token(tenant) },
      ...{ db, records, seed },
      memory: () => memory(site.web, site.worker),
      runKura: (...args) => runKura(site.web, ...args),
    }
    await until(stop, measure(bench, sections, { only, peer: 'on PostgreSQL alone' }))
  } finally {
    await db.end()
    await site.end()
  }
} finally {
  await stage.end()
  await remove()
}
