import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where runs leave what they measured, until `npm run proof` takes it over. */
const MEASURED = join(import.meta.dirname, '../../node_modules/.cache/kura-proof')

/** What one measurement says: figures and words by their names, each with its unit in it (`up, seconds`). */
export type Figures = Record<string, number | string>

/**
 * Prints what a run measured, and leaves it for the page of proofs.
 *
 * @param what what was measured, the same at each run: `engine: up of prod with 664 institutions`.
 */
export function measured(what: string, figures: Figures): void {
  console.log(`${what}: ${JSON.stringify(figures)}`)
  mkdirSync(MEASURED, { recursive: true })
  const day = new Date().toISOString().slice(0, 10)
  const file = `${what.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`
  writeFileSync(join(MEASURED, file), JSON.stringify({ what, day, figures }))
}

export interface Measurement {
  what: string
  /** The day of the run, as `2026-01-31`. */
  day: string
  figures: Figures
}

/** What runs on this machine have measured, the last of each. */
export function measurements(): Measurement[] {
  const files = (() => {
    try {
      return readdirSync(MEASURED)
    } catch {
      return []
    }
  })()
  return files.sort().map((file) => JSON.parse(readFileSync(join(MEASURED, file), 'utf8')) as Measurement)
}
