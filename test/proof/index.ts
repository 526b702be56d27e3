import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../app/cli/local.ts'
import { type Left, left } from './measured.ts'
import { pageOf } from './page.ts'

/*
 * `npm run proof`: takes over what the last runs of `npm run test:engine` and `npm run test:cluster` on this machine
 * left, into `test/proof/record.json`, and writes docs/proof.md from it.
 */
const RECORD = join(root, 'test/proof/record.json')
const PAGE = join(root, 'docs/proof.md')

const kept = JSON.parse(readFileSync(RECORD, 'utf8')) as Left
const found = left()
const failed = found.runs.flatMap(({ tests }) => tests.filter(({ state }) => state === 'failed'))
if (failed.length > 0) {
  console.error(`The last runs failed, and prove nothing: ${failed.map(({ sentence }) => sentence).join('; ')}`)
  process.exit(1)
}
const by = <T>(key: (one: T) => string, ...lists: T[][]) => [
  ...new Map(lists.flat().map((one) => [key(one), one])).entries(),
]
const merged: Left = {
  runs: by(({ suite }) => suite, kept.runs, found.runs)
    .sort()
    .map(([, run]) => run),
  measurements: by(({ what }) => what, kept.measurements, found.measurements)
    .sort()
    .map(([, measurement]) => measurement),
}
writeFileSync(RECORD, `${JSON.stringify(merged, null, 2)}\n`)
writeFileSync(PAGE, pageOf(readFileSync(PAGE, 'utf8'), merged))
