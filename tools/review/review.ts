import type { Evaluation } from '../evaluate/index.ts'
import { type Configuration, exceptionsOf, type Finding, type PolicyInfo } from '../packs/index.ts'
import { planOf } from '../plan/plan.ts'
import type { Acceptance, AcceptedChanges } from './accepted.ts'
import { type Change, compareStacks } from './change.ts'
import { compareConfigurations, type RuleChange } from './configuration.ts'
import { comparePlans, type PlanComparison } from './figures.ts'
import type { BasePolicies } from './files.ts'
import { findHarm, type Harm } from './harm.ts'
import { compareInstitutions, type InstitutionChange } from './institutions.ts'
import { findMoves, type Move } from './move.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** What a reviewer learns of a stack. Fields are added, never renamed or given another meaning. */
export interface Review {
  stack: string
  /** What it was compared with; absent without a base. */
  base?: {
    ref: string
    commit: string
    /** What of both is not as it would be: other packages, other files than one would think. */
    notes: string[]
    changes: Change[]
    harm: Harm[]
    moves: Move[]
    institutions: InstitutionChange[]
    /** Rules that judge otherwise. */
    rules: RuleChange[]
  }
  /** Entries of `policies/changes.json` that accept nothing of this change. */
  unusedAcceptances: Acceptance[]
  /** The packs' verdict, or why they could not give one. */
  verdict: Verdict | { failure: string }
  plan: PlanComparison
  /** What decides against it, a clause each. Nothing does, if there is none. */
  against: string[]
}

/** An evaluated stack with what the packs find in it. */
export interface Judged {
  evaluation: Evaluation
  findings: Finding[] | { failure: string }
}

/** What is known of the base, with what it says of the packs. */
interface JudgedBase extends Judged, BasePolicies {
  ref: string
  commit: string
  notes: string[]
}

/** What decides besides what is declared. */
interface Judging {
  /** Of the packs; undefined if it cannot be read. */
  configuration: Configuration | undefined
  /** The rules as they describe themselves, by pack; none if the packs did not start. */
  policies?: Record<string, PolicyInfo[]>
  accepted: AcceptedChanges
}

/** Puts together what a reviewer should know. */
export function reviewOf(
  now: Judged,
  base: JudgedBase | undefined,
  { configuration, policies, accepted }: Judging,
): Review {
  const changes = base && compareStacks(base.evaluation, now.evaluation)
  const harm = findHarm(changes ?? [], accepted)
  const moves = base ? findMoves(base.evaluation, now.evaluation, accepted) : []
  const verdict = judge(now, base, configuration)
  const plan = comparePlans(planOf(now.evaluation), base && planOf(base.evaluation))
  return {
    stack: now.evaluation.stack,
    ...(base && changes
      ? {
          base: {
            ref: base.ref,
            commit: base.commit,
            notes: [...base.notes, ...unjudged(base), ...unconfigured(base)],
            changes,
            harm,
            moves,
            institutions: compareInstitutions(base.evaluation, now.evaluation),
            rules:
              configuration === undefined
                ? []
                : compareConfigurations(base.configuration ?? configuration, configuration, policies, base.ruleNames),
          },
        }
      : {}),
    // Without a base there is nothing that an entry could accept.
    unusedAcceptances: base ? accepted.unused(now.evaluation.stack) : [],
    verdict,
    plan,
    against: against({ harm, moves, verdict, plan }),
  }
}

function judge(now: Judged, base: JudgedBase | undefined, configuration: Configuration = {}): Review['verdict'] {
  if ('failure' in now.findings) return now.findings
  // Of a base that today's packs cannot judge nothing is known: then nothing is old.
  const before = base && ('failure' in base.findings ? [] : base.findings)
  return verdictOf(now.findings, before, exceptionsOf(configuration), base && exceptionsOf(base.configuration ?? {}))
}

function unjudged({ findings }: Judged): string[] {
  return 'failure' in findings
    ? [`The packs of now cannot judge the base, so all violations are new: ${findings.failure}`]
    : []
}

function unconfigured({ configuration }: JudgedBase): string[] {
  return configuration === undefined
    ? ['The base has no policies/config: no rule was configured there, and nothing excepted.']
    : []
}

const PRECIOUS = 'what holds data, its keys or the way to it'

function against({
  harm,
  moves,
  verdict,
  plan,
}: { harm: Harm[]; moves: Move[] } & Pick<Review, 'verdict' | 'plan'>): string[] {
  const counted = (count: number, one: string, many = `${one}s`) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  const isOpen = ({ acceptance }: Harm | Move) => !acceptance || acceptance.over
  const open = harm.filter(isOpen)
  const of = (kind: Harm['change']) => open.filter(({ change }) => change === kind).length
  const found = 'failure' in verdict ? [] : verdict.findings
  const mandatory = found.filter(({ state, level }) => state === 'broken' && level === 'mandatory')
  const told = (isNew: boolean) => mandatory.filter((finding) => finding.isNew === isNew).length
  return [
    ...counted(of('replace'), `replacement of ${PRECIOUS}`, `replacements of ${PRECIOUS}`),
    ...counted(of('remove'), `removal of ${PRECIOUS}`, `removals of ${PRECIOUS}`),
    ...counted(of('unprotect'), 'protection lost', 'protections lost'),
    ...counted(of('destroy'), 'setting that destroys', 'settings that destroy'),
    ...counted(moves.filter(isOpen).length, 'component made anew', 'components made anew'),
    ...('failure' in verdict ? ['the packs could not judge'] : []),
    ...counted(told(true), 'new mandatory violation'),
    ...counted(told(false), 'mandatory violation'),
    ...counted(
      found.filter(({ state }) => state === 'unjudged').length,
      'rule that could not judge',
      'rules that could not judge',
    ),
    ...counted(plan.problems.length, 'thing that does not fit', 'things that do not fit'),
  ]
}
