import { relative } from 'node:path'
import { expect } from 'vitest'
import { root } from '../../app/cli/local.ts'
import { type Figures, leaveMeasurement } from './left.ts'

/**
 * Prints what the test that runs has measured, and leaves it for the page of proofs.
 *
 * @param what what was measured: the same at each run.
 */
export function measured(what: string, figures: Figures): void {
  const rounded = Object.entries(figures).map(([name, value]) => [
    name,
    typeof value === 'number' ? round(value) : value,
  ])
  const said = { what, figures: Object.fromEntries(rounded) as Figures }
  console.log(`${what}: ${JSON.stringify(said.figures)}`)
  leaveMeasurement(relative(root, expect.getState().testPath ?? ''), said)
}

/** Two significant digits, or as many as there are before the point: more would claim what no run shows. */
const round = (value: number) => (Math.abs(value) < 10 ? Number(value.toPrecision(2)) : Math.round(value))
