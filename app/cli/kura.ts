import { Command } from 'commander'
import { PlainError } from './plain-error.ts'

const kura = new Command('kura').description('Works with institutions of a running Kura.')

kura
  .command('import')
  .description('Imports JPCOAR records with their files into an institution.')
  .requiredOption('--tenant <id>', 'the institution')
  .option('--check', 'say what an import would do, and change nothing', false)
  .argument(
    '<path...>',
    'folders and files: .xml (with files in x/ beside x.xml, or a list of OAI-PMH), .zip, .csv, .tsv, .json, .ndjson, .jsonl',
  )
  .addHelpText(
    'after',
    '\nThe instance is the one that npm start runs, or the one that KURA_URL and KURA_TOKEN name.' +
      '\nStandard output is one line of JSON: {"imported":n,"updated":n,"unchanged":n,"rejected":n,"seconds":n}' +
      '\nand "withdrawn":n where a list of OAI-PMH had deletions. With --check it begins with "check":true.',
  )
  .action(async (paths: string[], options: { tenant: string; check: boolean }) => {
    const { importCommand } = await import('./import/command.ts')
    await importCommand(paths, options)
  })

const several = (value: string, others: string[] = []) => [...others, value]

kura
  .command('harvest')
  .description("Brings another repository's OAI-PMH into an institution: everything, then what has changed.")
  .requiredOption('--tenant <id>', 'the institution')
  .requiredOption('--from <address>', "the repository's base URL")
  .option('--set <setSpec>', 'one set of it')
  .option('--prefix <metadataPrefix>', 'the format; the best that is understood, where nothing is said')
  .option('--collection <id>', 'puts new items into it; may be given several times', several, [])
  .option('--pause <seconds>', 'between two requests', '1')
  .option('--overlap <hours>', 'before the last harvest at which the next begins', '24')
  .addHelpText(
    'after',
    '\nA run that ended early goes on where it was. "kura harvests" shows how far each has come.' +
      '\nStandard output is one line of JSON:' +
      '\n{"imported":n,"updated":n,"unchanged":n,"withdrawn":n,"rejected":n,"complete":true,"seconds":n}',
  )
  .action(async (options) => {
    const { harvestCommand } = await import('./harvest/command.ts')
    await harvestCommand(options)
  })

kura
  .command('harvests')
  .description('Shows which repositories are harvested, and how far: a line of JSON each.')
  .requiredOption('--tenant <id>', 'the institution')
  .option('--forget <id>', 'begins that one at the beginning the next time; items stay')
  .action(async (options) => {
    const { harvestsCommand } = await import('./harvest/command.ts')
    await harvestsCommand(options)
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
  .requiredOption('--scope <scope>', 'what it allows; may be given several times', several)
  .action(async ({ tenant, scope }: { tenant: string; scope: string[] }) => {
    const { createToken } = await import('./token.ts')
    await createToken({ tenant, scopes: scope })
  })

kura
  .command('reindex')
  .description(
    "Makes an institution's search index again. Needs the institution's configuration (KURA_CONFIG), as a pod has it.",
  )
  .requiredOption('--tenant <id>', 'the institution')
  .option('--after <number>', 'go on behind this item', '0')
  .action(async (options: { tenant: string; after: string }) => {
    const { reindexCommand } = await import('./reindex.ts')
    await reindexCommand(options)
  })

const queue = kura
  .command('queue')
  .description("The queues on RabbitMQ. Needs the cells' configuration (KURA_CONFIG), as a pod has it.")

queue
  .command('list')
  .description('Shows how many messages wait, and how many processes work them off: a line of JSON each.')
  .action(async () => {
    const { listCommand } = await import('./queue.ts')
    await listCommand()
  })

queue
  .command('dead')
  .description('Shows what could not be handled, why and since when: a line of JSON each.')
  .option('--limit <n>', 'messages of a cell that are shown', '20')
  .action(async (options: { limit: string }) => {
    const { deadCommand } = await import('./queue.ts')
    await deadCommand(options)
  })

queue
  .command('replay')
  .description('Sends what could not be handled back to where it was.')
  .action(async () => {
    const { replayCommand } = await import('./queue.ts')
    await replayCommand()
  })

kura
  .command('scan')
  .description(
    'Has all files of an institution scanned for viruses again, as after new signatures, bit by bit: until then each stays as it is. Needs the configuration (KURA_CONFIG) of a pod.',
  )
  .requiredOption('--tenant <id>', 'the institution')
  .addHelpText('after', '\nStandard output is one line of JSON: {"items":n}, with how many are to be worked off.')
  .action(async (options: { tenant: string }) => {
    const { scanCommand } = await import('./scan.ts')
    await scanCommand(options)
  })

try {
  await kura.parseAsync()
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error)
  process.exitCode = 1
}
