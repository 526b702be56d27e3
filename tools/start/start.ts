import { join } from 'node:path'
import { stateFolder } from '../../app/cli/local.ts'
import { PlainError } from '../../app/cli/plain-error.ts'
import { aborted, type Interruption, until, watchForInterruption } from '../interruption.ts'
import { startPostgres } from '../postgres/index.ts'
import { declaredCells } from './declared.ts'
import { guide } from './guide.ts'
import { runInstance } from './instance.ts'
import { choosePort } from './ports.ts'
import { keptSecrets } from './secrets.ts'
import { openState } from './state.ts'

/** The stack that is meant for trying things out. */
const STACK = 'dev'

/** `npm start`: what the definition declares, on this machine, until someone asks for its end. */
async function start({ stop, hurry }: Interruption): Promise<void> {
  await using running = new AsyncDisposableStack()
  const folder = stateFolder()
  const state = openState(folder)
  running.defer(() => state.release())
  const port = await choosePort()

  say(`evaluating the platform (stack ${STACK})`)
  const cells = await until(stop, declaredCells(STACK, keptSecrets(state.secrets)))

  say('starting PostgreSQL')
  const postgres = await startPostgres({ folder: state.postgres, log: join(state.logs, 'postgres.log'), durable: true })
  running.defer(() => postgres.stop())
  const { tenants, ended } = await runInstance(running, {
    cells,
    state,
    postgres,
    database: { host: postgres.host, port: postgres.port },
    port,
    stop,
    hurry,
    say,
  })

  say('everything runs')
  console.log(guide(tenants, state))
  await Promise.race([aborted(stop), ended])
}

function say(text: string) {
  console.log(`${process.uptime().toFixed(1).padStart(6)} s  ${text}`)
}

// Whoever reads along may be gone by the time everything is to end: a closed terminal, a pipe to `head`.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
const interruption = watchForInterruption()
interruption.stop.addEventListener('abort', () => say('ending'))
try {
  await start(interruption)
} catch (error) {
  if (!interruption.stop.aborted) {
    console.error(error instanceof PlainError ? error.message : error)
    process.exitCode = 1
  }
}
if (interruption.stop.aborted) say('ended')
process.exit()
