import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual, promisify } from 'node:util'
import { Exported, type Found, pendingIn } from '../../tools/pending/pending.ts'
import type { Engine, Running } from './engine.ts'
import type { Existing } from './stand-ins/inventory.ts'

const ROOT = join(import.meta.dirname, '../..')

/** What somebody found who looked for what was under way. */
export interface Search {
  /** Of whatever kind it was. */
  underway: number
  /** Things that had been made, and nobody knew of. */
  found: Existing[]
}

/**
 * Does what docs/deploying.md says after an interruption: takes the lock away, looks for what was being made, and has the
 * state know of it.
 */
export async function recover(engine: Engine): Promise<Search> {
  await engine.run('cancel', '--yes')
  const [state, answers, mended] = ['pending.json', 'found.json', 'mended.json'].map((name) =>
    join(engine.folder, name),
  )
  await engine.run('stack', 'export', '--file', `${state}`)
  const text = await readFile(`${state}`, 'utf8')
  const exported = Exported.parse(JSON.parse(text))
  const pending = pendingIn(exported)
  // The pipeline's preview looks for these words (delivery/environment.sh).
  if (text.includes('"type": "creating"') !== pending.length > 0) throw new Error('the state says it otherwise')
  const known = new Set(exported.deployment.resources.map(({ id }) => id))
  const strangers = engine.cloud.all().filter(({ id }) => !known.has(id))

  const found: Existing[] = []
  const answer: Found = {}
  for (const { urn, type, called, harmless, isSpent } of pending) {
    if (harmless !== undefined) continue
    const alike = strangers.filter(
      (thing) =>
        thing.type === type &&
        Object.entries(called).every(([name, value]) => isDeepStrictEqual(thing.inputs[name], value)),
    )
    if (alike.length > 1) throw new Error(`${urn} cannot be told from others by ${JSON.stringify(called)}`)
    const [thing] = alike
    if (thing) found.push(thing)
    if (thing && isSpent) engine.cloud.remove(thing.id)
    answer[urn] = thing && !isSpent ? thing.id : null
  }
  await writeFile(`${answers}`, JSON.stringify(answer))
  const tool = ['tools/run.mjs', 'tools/pending/index.ts', `${state}`, '--found', `${answers}`]
  const { stdout } = await promisify(execFile)(process.execPath, tool, { cwd: ROOT, maxBuffer: 2 ** 28 })
  await writeFile(`${mended}`, stdout)
  await engine.run('stack', 'import', '--file', `${mended}`)
  return { underway: exported.deployment.pending_operations.length, found }
}

/** Ends a command when it has come so far, and a moment later. @throws Error if it ended by itself before. */
export async function endedWhen(
  running: Running,
  reached: () => Promise<boolean>,
  { moment = 0, by = 'KILL' }: { moment?: number; by?: 'KILL' | 'INT' } = {},
): Promise<void> {
  let over = false
  void running.outcome.finally(() => {
    over = true
  })
  while (!over && !(await reached())) await sleep(50)
  await sleep(moment)
  running.signal(by)
  const { code, output } = await running.outcome
  if (code === 0) throw new Error(`it was done before it came so far: ${output.slice(-500)}`)
}
