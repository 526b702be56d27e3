import { parseArgs } from 'node:util'
import { type Row, table } from './table.ts'

/** What the command line asks for. */
export interface Asked {
  records: number
  seed: number
  /** Sections that are measured. */
  only: string[]
  /** Folder in which the instance is kept. */
  state?: string
}

/** Reads the command line. @throws Error if it asks for what there is not. */
export function asked(sections: object): Asked {
  const names = Object.keys(sections)
  const { values } = parseArgs({
    options: {
      records: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: names.join(',') },
      state: { type: 'string' },
    },
  })
  const { state } = values
  const records = Number(values.records)
  const seed = Number(values.seed)
  if (!Number.isSafeInteger(records) || records < 1_000 || !Number.isSafeInteger(seed))
    throw new Error('--records needs a whole number from 1000, --seed a whole number')
  const only = values.only.split(',')
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`--only knows ${names.join(', ')}, not ${unknown.join(', ')}`)
  return { records, seed, only, ...(state !== undefined && { state }) }
}

/** Measures what was asked for, section by section, and prints it all as a table at the end, beside figures of a peer. */
export async function measure<Bench>(
  bench: Bench,
  sections: Record<string, (bench: Bench) => AsyncGenerator<Row>>,
  { only, peer }: { only: string[]; peer: string },
): Promise<void> {
  const rows: Row[] = []
  for (const [name, figures] of Object.entries(sections)) {
    if (!only.includes(name)) continue
    for await (const row of figures(bench)) {
      say(`${row.what}: ${row.measured}`)
      rows.push(row)
    }
  }
  console.log(`\n${table(rows, peer)}`)
}

export function say(text: string) {
  console.log(`${process.uptime().toFixed(0).padStart(6)} s  ${text}`)
}
