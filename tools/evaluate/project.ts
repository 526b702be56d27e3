import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { EvaluationError } from './error.ts'

/** As much of `Pulumi.yaml` and `Pulumi.<stack>.yaml` as running the program takes. */
const Project = z.looseObject({
  name: z.string(),
  main: z.string(),
  runtime: z.looseObject({ options: z.looseObject({ typescript: z.literal(false) }) }),
})
const Stack = z.strictObject({ config: z.record(z.string(), z.unknown()).default({}) })

export interface ReadProject {
  name: string
  /** The program's file, relative to the root. */
  main: string
  /** Values as the engine hands them to a program: text as it is, everything else as JSON. */
  config: Record<string, string>
}

/**
 * @param settings file of the stack's settings
 * @param changes settings that go before those of the file, by their names below the project's
 * @throws EvaluationError if a file is missing or is not what this reads; the message names the file and the place.
 */
export function readProject(root: string, settings: string, changes: Record<string, unknown>): ReadProject {
  const { name, main } = read(Project, join(root, 'Pulumi.yaml'))
  const { config } = read(Stack, settings)
  const changed = Object.entries(changes).map(([key, value]) => [`${name}:${key}`, value] as const)
  return {
    name,
    main,
    config: Object.fromEntries(
      [...Object.entries(config), ...changed].map(([key, value]) => [
        key.includes(':') ? key : `${name}:${key}`,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  }
}

function read<T extends z.ZodType>(schema: T, path: string): z.infer<T> {
  const file = basename(path)
  if (!existsSync(path)) throw new EvaluationError(`${file} is missing in ${dirname(path)}`)
  const result = schema.safeParse(parsed(path))
  if (!result.success) throw new EvaluationError(`${file}: ${z.prettifyError(result.error)}`)
  return result.data
}

function parsed(path: string): unknown {
  try {
    // An empty file sets nothing.
    return parse(readFileSync(path, 'utf8'), { prettyErrors: true }) ?? {}
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    const [{ line = 1, col = 1 } = {}] = error.linePos ?? []
    // The lines below the first show what the file says, a secret perhaps.
    const [what = ''] = error.message.split(/ at line \d+, column \d+:?/)
    throw new EvaluationError(`${basename(path)}:${line}:${col}: ${what}`)
  }
}
