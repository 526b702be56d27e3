import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../app/cli/local.ts'
import { left, type Run } from './left.ts'
import { pageOf } from './page.ts'

/*
 * `npm run proof`: takes over what the last runs of `npm run test:engine` and `npm run test:cluster` on this machine
 * left, into `test/proof/record.json`, and writes docs/proof.md from it. A file that failed leaves nothing.
 */
const RECORD = join(root, 'test/proof/record.json')
const PAGE = join(root, 'docs/proof.md')

const kept = JSON.parse(readFileSync(RECORD, 'utf8')) as Run[]
const runs = [...new Map([...kept, ...left()].map((run) => [run.file, run])).values()]
runs.sort((a, b) => (a.file < b.file ? -1 : 1))
writeFileSync(RECORD, `${JSON.stringify(runs, null, 2)}\n`)
writeFileSync(PAGE, pageOf(readFileSync(PAGE, 'utf8'), runs))
