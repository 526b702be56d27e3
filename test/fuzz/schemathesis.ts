import { type SpawnOptions, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../../app/cli/local.ts'
import { fromPyPI } from '../setup/pypi.ts'

const REQUIREMENTS = join(root, 'test/fuzz/requirements.txt')

/** What a run came to, as schemathesis reports it. */
const Report = z.object({
  exit_code: z.int(),
  complete: z.boolean(),
  operations: z.object({ selected: z.int(), tested: z.int(), errored: z.int() }),
  test_cases: z.object({ generated: z.int(), unique_failures: z.int() }),
})
export type Report = z.infer<typeof Report>

/** Installs schemathesis, exactly as requirements.txt has it. */
export const install = () => fromPyPI(REQUIREMENTS)

interface Target {
  /** Where the API answers, without a path. */
  address: string
  headers: { [name: string]: string }
  /** File of the document. */
  document: string
  /** Folder for the report. */
  folder: string
}

/** Runs schemathesis, which prints what it finds. */
export async function fuzz({ address, headers, document, folder }: Target, ...args: string[]): Promise<Report> {
  const report = join(folder, 'report.json')
  await rm(report, { force: true })
  const code = await run(
    join(await install(), 'bin/python'),
    [
      ...['-m', 'schemathesis.cli'],
      ...['--config-file', join(root, 'test/fuzz/schemathesis.toml'), 'run', document],
      ...['--url', address, ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])],
      ...[
        '--checks',
        'all',
        '--continue-on-failure',
        '--no-color',
        '--generation-database',
        'none',
        '--warnings',
        'off',
      ],
      ...['--report', 'json', '--report-json-path', report, ...args],
    ],
    // What it keeps for itself goes with the folder.
    { cwd: folder, env: { ...process.env, SCHEMATHESIS_HOOKS: join(root, 'test/fuzz/hooks.py') } },
  )
  if (!existsSync(report)) throw new Error(`schemathesis ended with ${code} and left no report`)
  return Report.parse(JSON.parse(await readFile(report, 'utf8')))
}

function run(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<number | null> {
  const child = spawn(program, args, { stdio: 'inherit', ...options })
  process.once('exit', () => child.kill())
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`${program} could not be started`, { cause })))
    child.once('exit', resolve)
  })
}
