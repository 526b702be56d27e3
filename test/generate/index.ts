import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { fromCaller, shown } from '../../app/cli/local.ts'
import { institutions, usageOf, writeInstitutions } from './institutions.ts'

/*
 * `npm run institutions -- <folder>`: makes institutions to plan with, as many and as large as those of the service:
 * their files in `<folder>/tenants`, what they use in `<folder>/usage.json`.
 */
await new Command('institutions')
  .argument('<folder>', 'where to')
  .option('--count <number>', 'how many, at most 664', Number, 664)
  .option('--per-cell <number>', 'institutions in each cell', Number, 8)
  .option('--seed <number>', 'another seed draws other sizes', Number, 1)
  .action((folder: string, { count, perCell, seed }: { count: number; perCell: number; seed: number }) => {
    const all = institutions({ count, perCell, seed })
    const tenants = join(fromCaller(folder), 'tenants')
    const usage = join(fromCaller(folder), 'usage.json')
    writeInstitutions(tenants, all)
    writeFileSync(usage, `${JSON.stringify(usageOf(all), null, 2)}\n`)
    console.log(`npm run plan -- prod --tenants ${shown(tenants)} --usage ${shown(usage)}`)
  })
  .parseAsync()
