import { Command } from 'commander'
import { PlainError } from './plain-error.ts'

const kura = new Command('kura').description('Works with institutions of a running Kura.')

kura
  .command('import')
  .description('Imports JPCOAR records with their files into an institution.')
  .requiredOption('--tenant <id>', 'the institution')
  .argument('<path...>', 'folders and files: .xml (with files in x/ beside x.xml), .zip, .ndjson, .jsonl')
  .addHelpText(
    'after',
    '\nThe instance is the one that npm start runs, or the one that KURA_URL and KURA_TOKEN name.' +
      '\nStandard output is one line of JSON: {"imported":n,"updated":n,"unchanged":n,"rejected":n,"seconds":n}',
  )
  .action(async (paths: string[], options: { tenant: string }) => {
    const { importCommand } = await import('./import/command.ts')
    await importCommand(paths, options)
  })

kura
  .command('export')
  .description('Writes everything that an institution has as a bag (BagIt), which "kura import" restores elsewhere.')
  .requiredOption('--tenant <id>', 'the institution')
  .argument('<path>', 'where to: a name that ends in .zip, or of a folder; there must be nothing yet')
  .addHelpText(
    'after',
    '\nThe instance is the one that npm start runs, or the one that KURA_URL and KURA_TOKEN name; the token needs the' +
      '\nscope transfer. Standard output is one line of JSON, once every file is verified: {"files":n,"bytes":n,"seconds":n}',
  )
  .action(async (path: string, options: { tenant: string }) => {
    const { exportCommand } = await import('./export/command.ts')
    await exportCommand(path, options)
  })

kura
  .command('token')
  .description('Tokens by which programs act at an institution.')
  .command('create')
  .description("Prints a new token, once. Needs the institution's configuration (KURA_CONFIG), as a pod has it.")
  .requiredOption('--tenant <id>', 'the institution')
  .requiredOption('--scope <scope>', 'what it allows; may be given several times', (scope, others: string[] = []) => [
    ...others,
    scope,
  ])
  .action(async ({ tenant, scope }: { tenant: string; scope: string[] }) => {
    const { createToken } = await import('./token.ts')
    await createToken({ tenant, scopes: scope })
  })

try {
  await kura.parseAsync()
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error)
  process.exitCode = 1
}
