import type { Local } from '../../app/cli/local.ts'
import { freePort } from '../../tools/ports.ts'
import type { Postgres } from '../../tools/postgres/index.ts'
import { declaredCells } from '../../tools/start/declared.ts'
import type { Embedded } from '../../tools/start/embed.ts'
import { runInstance } from '../../tools/start/instance.ts'
import { openState } from '../../tools/start/state.ts'

/** Services that an instance runs on, where they are not what `npm start` embeds. */
interface On {
  /** PostgreSQL, as its superuser reaches it. */
  postgres: Omit<Postgres, 'stop'>
  /** How the application reaches it. */
  database: Embedded['database']
}

/** What `npm start` runs, with its examples, on services of a test's own. */
export async function startInstance(folder: string, on: On): Promise<{ local: Local; end(): Promise<void> }> {
  await using running = new AsyncDisposableStack()
  const state = openState(folder)
  running.defer(() => state.release())
  const never = new AbortController().signal
  const { local } = await runInstance(running, {
    ...on,
    cells: await declaredCells('dev', (_, length) => 'x'.repeat(length)),
    state,
    port: await freePort('127.0.0.1'),
    stop: never,
    hurry: never,
    say: () => {},
  })
  const all = running.move()
  return { local, end: () => all.disposeAsync() }
}
