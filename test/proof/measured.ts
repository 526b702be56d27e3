import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where runs leave what they did and measured, until `npm run proof` takes it over. */
const LEFT = join(import.meta.dirname, '../../node_modules/.cache/kura-proof')

/** Suites that the page of proofs is about. */
export const SUITES = ['engine', 'cluster'] as const
export type Suite = (typeof SUITES)[number]

/** What one measurement says: figures and words by their names, each with its unit in it (`up, seconds`). */
export type Figures = Record<string, number | string>

export interface Measurement {
  /** `engine: up of prod with 664 institutions`. */
  what: string
  /** The day of the run, as `2026-01-31`. */
  day: string
  figures: Figures
}

/** A whole suite's run. */
export interface Run {
  suite: Suite
  day: string
  /** What it ran on. */
  machine: string
  seconds: number
  /** Each test as a sentence, and whether it held. */
  tests: { sentence: string; state: 'passed' | 'failed' | 'skipped' }[]
}

/** What is left on this machine: the last of each. */
export interface Left {
  runs: Run[]
  measurements: Measurement[]
}

/** As people write a date. */
export const today = () => new Date().toISOString().slice(0, 10)

/**
 * Prints what a run measured, and leaves it for the page of proofs.
 *
 * @param what what was measured, beginning with the suite: the same at each run.
 */
export function measured(what: `${Suite}: ${string}`, figures: Figures): void {
  const rounded = Object.entries(figures).map(([name, value]) => [
    name,
    typeof value === 'number' ? round(value) : value,
  ])
  const said = { what, day: today(), figures: Object.fromEntries(rounded) as Figures }
  console.log(`${what}: ${JSON.stringify(said.figures)}`)
  leave('measurements', what, said)
}

/** Leaves what became of a suite. */
export function ran(run: Run): void {
  leave('runs', run.suite, run)
}

export function left(): Left {
  return { runs: read('runs'), measurements: read('measurements') }
}

/** Two significant digits, or as many as there are before the point: more would claim what no run shows. */
const round = (value: number) => (Math.abs(value) < 10 ? Number(value.toPrecision(2)) : Math.round(value))

function leave(kind: keyof Left, name: string, value: unknown): void {
  const folder = join(LEFT, kind)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`), JSON.stringify(value))
}

function read<T>(kind: keyof Left): T[] {
  const folder = join(LEFT, kind)
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
}
