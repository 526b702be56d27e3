import { writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join, relative } from 'node:path'
import { Command } from 'commander'
import { fromCaller, root, shown } from '../../app/cli/local.ts'
import { type Evaluation, EvaluationError, evaluate } from '../evaluate/index.ts'
import { openPacks, type Packs } from '../packs/index.ts'
import { type NamedStack, stackOf } from '../stack.ts'
import { type Base, checkOut, ReviewError } from './base.ts'
import { asMarkdown, asText } from './document.ts'
import { readAccepted, readOwnConfiguration, readPolicies, requireStack } from './files.ts'
import { reportOf } from './report.ts'
import { type Judged, type Review, reviewOf } from './review.ts'
import { visible } from './visible.ts'

/*
 * `npm run review -- <stack> --base <git ref>`: what a reviewer should know of a change before it is deployed. It needs
 * no network. It exits with 1 if something speaks against the change, and with 2 if it could not look.
 */
interface Options {
  base?: string
  tenants?: string
  markdown?: string
  json: boolean
}

/** Exit codes. */
const REFUSED = 1
const FAILED = 2

// On the way out everything that runs is ended, and the base's folder removed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(128 + constants.signals[signal]))

await new Command('review')
  .description(
    'Says what a change does to a stack, what the policy packs think of it, and what it costs. Needs no network.',
  )
  .argument('<stack>', 'a stack such as prod, or a file of settings such as Pulumi.trial.yaml')
  .option('--base <ref>', 'what the working tree is compared with: a commit, a branch, a tag')
  .option('--tenants <folder>', "other institutions' files than the stack's own, on both sides")
  .option('--markdown <file>', 'write the report for a pull request, too; with - to standard output, instead')
  .option('--json', 'print the report as JSON', false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : FAILED))
  .action(run)
  .parseAsync()

async function run(given: string, { base: ref, tenants, markdown, json }: Options): Promise<void> {
  try {
    const named = stackOf(given)
    requireStack(named)
    const accepted = readAccepted(join(root, 'policies/changes.json'))
    const base = ref === undefined ? undefined : checkOut(root, ref)
    const formerly = base && readPolicies(base)
    const opening = openPacks().catch(failure)
    const [evaluation, then] = await Promise.all([
      evaluate({ ...named, changes: tenants === undefined ? {} : { tenants: fromCaller(tenants) } }),
      base && evaluateBase(base, named, tenants),
    ])
    const packs = await opening
    const judged = async (of: Evaluation): Promise<Judged> => ({ evaluation: of, findings: await judge(packs, of) })
    const now = await judged(evaluation)
    const before = base &&
      then &&
      formerly && { ...(await judged(then.evaluation)), ...base, ...formerly, notes: then.notes }
    if ('close' in packs) packs.close()

    const review = reviewOf(now, before, {
      configuration: readOwnConfiguration(),
      ...('policies' in packs ? { policies: packs.policies } : {}),
      accepted,
    })
    const report = reportOf(review)
    if (markdown !== undefined && markdown !== '-') {
      writeFileSync(fromCaller(markdown), asMarkdown(report))
      console.error(`Written: ${shown(fromCaller(markdown))}`)
    }
    console.log(
      json ? visible(JSON.stringify(plain(review), null, 2)) : markdown === '-' ? asMarkdown(report) : asText(report),
    )
    process.exitCode = review.against.length === 0 ? 0 : REFUSED
  } catch (error) {
    // What the definition itself refuses, it says in its own words.
    console.error(error instanceof EvaluationError || error instanceof ReviewError ? visible(error.message) : error)
    process.exit(error instanceof EvaluationError ? REFUSED : FAILED)
  }
}

/** A review without all that was declared, which is long. */
function plain({ base, ...review }: Review) {
  const changes = base?.changes.map(({ before: _before, after: _after, ...change }) => change)
  return { ...review, ...(base ? { base: { ...base, changes } } : {}) }
}

/** The base by its own definition, settings and institutions. */
async function evaluateBase(
  base: Base,
  { stack, settings }: NamedStack,
  tenants: string | undefined,
): Promise<{ evaluation: Evaluation; notes: string[] }> {
  const notes = base.packages.map((version) => `Both sides are evaluated with ${version}.`)
  /** The base's own of what was named, or what was named where it has none. */
  const own = (path: string) => {
    const there = base.find(path)
    if (there === undefined) notes.push(`The base has no ${shown(path)}: both sides are evaluated with the one of now.`)
    return there ?? path
  }
  const project = !relative(root, settings).startsWith('..')
  if (project && base.find(settings) === undefined)
    throw new ReviewError(`the base ${base.ref} has no ${relative(root, settings)}: leave out --base`)
  try {
    const evaluation = await evaluate({
      stack,
      root: base.root,
      settings: own(settings),
      changes: tenants === undefined ? {} : { tenants: own(fromCaller(tenants)) },
    })
    return { evaluation, notes }
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    throw new ReviewError(`the base ${base.ref} cannot be evaluated: ${base.told(error.message)}`)
  }
}

async function judge(packs: Packs | { failure: string }, { resources }: Evaluation): Promise<Judged['findings']> {
  return 'failure' in packs ? packs : packs.judge(resources).catch(failure)
}

/** What kept the packs from judging: it speaks against the change, and the rest is told all the same. */
function failure(error: unknown): { failure: string } {
  return { failure: error instanceof Error ? error.message : String(error) }
}
