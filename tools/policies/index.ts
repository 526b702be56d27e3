import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../app/cli/local.ts'
import { pageOf } from './page.ts'

/* `npm run policies`: writes the tables of docs/policies.md anew, from the packs' rules and the catalogues of controls. */
const file = join(root, 'docs/policies.md')
writeFileSync(file, pageOf(readFileSync(file, 'utf8')))
