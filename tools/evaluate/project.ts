import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

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

/** @throws Error if a file is missing or is not what this reads; the message names the file. */
export function readProject(root: string, stack: string): ReadProject {
  const { name, main } = read(Project, root, 'Pulumi.yaml')
  const { config } = read(Stack, root, `Pulumi.${stack}.yaml`)
  return {
    name,
    main,
    config: Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        key.includes(':') ? key : `${name}:${key}`,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  }
}

function read<T extends z.ZodType>(schema: T, root: string, file: string): z.infer<T> {
  const path = join(root, file)
  if (!existsSync(path)) throw new Error(`${file} is missing in ${root}`)
  const result = schema.safeParse(parse(readFileSync(path, 'utf8')))
  if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`)
  return result.data
}
