import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where runs leave what they did and measured, until `npm run proof` takes it over. */
const LEFT = join(import.meta.dirname, '../../node_modules/.cache/kura-proof')

/** Suites that the page of proofs is about. */
export const SUITES = ['engine', 'cluster'] as const
export type Suite = (typeof SUITES)[number]

/** What one measurement says: figures and words by their names, each with its unit in it (`up, seconds`). */
export type Figures = Record<string, number | string>

export interface Measurement {
  /** `up of prod with 664 institutions`. */
  what: string
  figures: Figures
}

/** A test file that ran to its end, and held. */
export interface Run {
  /** `test/engine/whole.test.ts`. */
  file: string
  /** The day, as `2026-01-31`. */
  day: string
  /** What it ran on. */
  machine: string
  seconds: number
  /** Each test as a sentence, and whether it was left out. */
  tests: { sentence: string; skipped: boolean }[]
  measurements: Measurement[]
}

/** Leaves a measurement of a file that is running. */
export function leaveMeasurement(file: string, measurement: Measurement): void {
  write(`measurements/${named(file)}`, measurement.what, measurement)
}

/** Leaves what became of a file, with what it has measured. */
export function leaveRun(run: Omit<Run, 'measurements'>): void {
  const measurements = read<Measurement>(`measurements/${named(run.file)}`)
  write('runs', run.file, { ...run, measurements: measurements.sort((a, b) => (a.what < b.what ? -1 : 1)) })
}

/** Forgets what a file has left, as it begins anew. */
export function forget(file: string): void {
  rmSync(join(LEFT, 'measurements', named(file)), { recursive: true, force: true })
  rmSync(join(LEFT, 'runs', `${named(file)}.json`), { force: true })
}

/** The last run of each file on this machine. */
export const left = () => read<Run>('runs')

const named = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

function write(folder: string, name: string, value: unknown): void {
  mkdirSync(join(LEFT, folder), { recursive: true })
  writeFileSync(join(LEFT, folder, `${named(name)}.json`), JSON.stringify(value))
}

function read<T>(folder: string): T[] {
  const place = join(LEFT, folder)
  if (!existsSync(place)) return []
  return readdirSync(place).map((file) => JSON.parse(readFileSync(join(place, file), 'utf8')))
}
