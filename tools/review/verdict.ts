import type { Excepted, Finding } from '../packs/index.ts'

/** What the packs say, held against what they would have said of the base. */
export interface Verdict {
  /** What breaks a rule or could not be judged; new ones first. */
  findings: Judged[]
  /** How many of the base are there no more. */
  mended: number
  /** What would break a rule, and may for a while. */
  excepted: ExceptedFinding[]
  /** Exceptions that nothing needs, and those that end soon. */
  unused: Excepted[]
  ending: Excepted[]
}

export type Judged = Finding & { isNew: boolean }

/** Until which day it may; new if at the base it might not, or there was no such thing. */
export type ExceptedFinding = Judged & { until: string }

/** Days before its end in which an exception is told as ending. */
const SOON = 30

/**
 * @param before of the base; without one, everything is as old as it can be: not new
 * @param formerly exceptions of the base
 */
export function verdictOf(
  now: Finding[],
  before: Finding[] | undefined,
  exceptions: Excepted[],
  formerly: Excepted[] = exceptions,
  today = new Date().toISOString().slice(0, 10),
): Verdict {
  const then = before?.filter(isBroken) ?? []
  const known = new Set(then.map(keyOf))
  const findings = now
    .filter(isBroken)
    .map((finding): Judged => ({ ...finding, isNew: before !== undefined && !known.has(keyOf(finding)) }))
  const still = new Set(findings.map(keyOf))
  const judged = new Set(before?.map(keyOf))
  const allowed = formerly.filter(({ until }) => until >= today)
  const excepted = now
    .filter(({ state }) => state === 'excepted')
    .map((finding): ExceptedFinding => {
      const ends = exceptions.filter((one) => concerns(one, finding)).map(({ until }) => until)
      const isOld = judged.has(keyOf(finding)) && allowed.some((one) => concerns(one, finding))
      return { ...finding, until: ends.toSorted().at(-1) ?? '', isNew: before !== undefined && !isOld }
    })
  const soon = new Date(Date.parse(today) + SOON * 24 * 3600 * 1000).toISOString().slice(0, 10)
  return {
    findings: findings.toSorted((a, b) => rank(a) - rank(b)),
    mended: then.filter((finding) => !still.has(keyOf(finding))).length,
    excepted,
    unused: exceptions.filter((exception) => !now.some((finding) => concerns(exception, finding))),
    ending: exceptions.filter(({ until }) => until >= today && until <= soon),
  }
}

/** New before old, what stops before what is advice, the worst first. */
function rank({ isNew, level, state, severity }: Judged): number {
  const worst = ['critical', 'high', 'medium', 'low', 'unspecified'].indexOf(severity)
  return Number(!isNew) * 100 + Number(level === 'advisory' && state === 'broken') * 10 + worst
}

function isBroken({ state }: Finding): boolean {
  return state !== 'excepted'
}

/** Whether a finding is about what an exception names; what it says of one that is over, is. */
function concerns({ pack, rule, resource }: Excepted, finding: Finding): boolean {
  if (finding.pack !== pack || finding.rule !== rule) return false
  return finding.urn === resource || finding.urn.endsWith(`::${resource}`)
}

/** What makes a finding the same in two evaluations. */
function keyOf({ pack, rule, urn, sentence }: Finding): string {
  return JSON.stringify([pack, rule, urn, sentence])
}
