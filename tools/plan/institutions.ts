import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { CellConfig } from '../../app/config.ts'
import type { TenantConfig } from '../../app/tenancy/schema.ts'
import type { Declared } from './declared.ts'

/** What institutions use, by id; whoever measures it writes the file. */
export const Usage = z.record(
  z.string(),
  z.strictObject({
    /** GiB of files. */
    gib: z.number().min(0),
    items: z.int().min(0),
    /** GiB that came in the last month. */
    growth: z.number().optional(),
  }),
)
export type Usage = z.infer<typeof Usage>

export interface Institution {
  id: string
  cell: string
  hosts: string[]
  /** GiB that it may store. */
  limit: number
  /** Whether it takes changes, and readers. */
  state: TenantConfig['state']
  /** The day on which it is deleted for good. */
  purge?: string | undefined
}

/** A cell as its pods read it. */
export interface Cell {
  name: string
  namespace: string
  /** Database connections of one process at most. */
  connections: number
  institutions: Institution[]
}

interface ConfigMap {
  metadata: { namespace: string }
  data?: Record<string, string>
}

/** The cells with their institutions, from the configuration that their pods mount. */
export function readCells(declared: Declared): Cell[] {
  return declared.of<ConfigMap>('kubernetes:core/v1:ConfigMap').flatMap(({ inputs: { metadata, data = {} } }) => {
    const cell = data['kura.json']
    if (cell === undefined) return []
    const { cell: name, database }: CellConfig = JSON.parse(cell)
    // Other files may not be known yet.
    const institutions = Object.keys(data)
      .filter((file) => /^tenant\..+\.json$/.test(file))
      .map((file): Institution => {
        const { id, hosts, limits, state, purge }: TenantConfig = JSON.parse(data[file] ?? '')
        return { id, cell: name, hosts, limit: limits.storage, state, purge }
      })
    return [{ name, namespace: metadata.namespace, connections: database.connections, institutions }]
  })
}

/** @throws Error that names the file, if it is not what {@link Usage} says. */
export function readUsage(path: string): Usage {
  const parsed = Usage.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
