import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { z } from 'zod'
import { fromCaller } from '../../app/cli/local.ts'
import { Exported, Found, pendingIn, settled } from './pending.ts'

/*
 * After an interrupted `pulumi up` (docs/deploying.md). With what `pulumi stack export` wrote it says what was being
 * made; with what was found of that besides, it prints the state for `pulumi stack import`.
 */
await new Command('pending')
  .argument('<state>', 'what `pulumi stack export` wrote')
  .option('--found <file>', 'JSON: by URN the OCID of what was made, null for what was not')
  .action((state: string, { found }: { found?: string }) => {
    const exported = read(Exported, state)
    if (found !== undefined) {
      try {
        console.log(JSON.stringify(settled(exported, read(Found, found))))
      } catch (error) {
        console.error((error as Error).message)
        process.exitCode = 1
      }
      return
    }
    const pending = pendingIn(exported)
    if (pending.length === 0) console.log('Nothing was being made.')
    for (const { urn, called, harmless, isSpent } of pending) {
      console.log(urn)
      console.log(`  ${harmless ? `Leave it: ${harmless}.` : `Look for ${JSON.stringify(called)}.`}`)
      if (isSpent) console.log('  Remove it where it is found: nobody knows what it told.')
    }
    const asked = pending.filter(({ harmless }) => harmless === undefined)
    if (asked.length > 0)
      console.log(`For --found: ${JSON.stringify(Object.fromEntries(asked.map(({ urn }) => [urn, null])), null, 2)}`)
  })
  .parseAsync()

function read<T extends z.ZodType>(schema: T, file: string): z.infer<T> {
  return schema.parse(JSON.parse(readFileSync(fromCaller(file), 'utf8')))
}
