import { setTimeout as sleep } from 'node:timers/promises'
import { compare, type Differences } from './compare.ts'
import { Failing, type Fault } from './faults.ts'
import { type Counts, isCertain, type Ledger } from './ledger.ts'
import { deposit, type Random, startLoad } from './load.ts'
import type { Stage } from './stage.ts'

/** Milliseconds in which everything has to be as before by itself, once nothing fails any more. */
const RECOVERY = 90_000
/** Changes that are acknowledged before anything fails, and after each fault before the next. */
const STEADY = 15

export interface Report extends Counts, Differences {
  faults: Fault[]
  /** Answers that nobody should have got. */
  complaints: string[]
  items: number
}

/** A stream of changes and readers in which one thing after the other fails; and what is there in the end. */
export async function runRound(
  stage: Stage,
  ledger: Ledger,
  {
    faults,
    random,
    name,
    say = () => {},
  }: { faults: Fault[]; random: Random; name: string; say?: (text: string) => void },
): Promise<Report> {
  ledger.beginRound()
  const failing = new Failing()
  const load = startLoad(stage, ledger, failing, random, name)
  try {
    await goesOn(ledger)
    for (const fault of faults) {
      say(`${fault.part}: ${fault.kind}`)
      await failing.carryOut(stage, fault, random)
      if (!(await goesOn(ledger)))
        ledger.complaints.push(`after ${fault.part}: ${fault.kind}, changes were not taken again within ${RECOVERY} ms`)
    }
  } finally {
    await load.stop()
  }
  say('nothing fails any more')
  await sendAgain(stage, ledger, random)
  const left = await settled(stage)
  if (left > 0) ledger.complaints.push(`${left} rows were left in the outbox after ${RECOVERY} ms`)
  say('what was left is done')
  const differences = await compare(stage, ledger)
  const { counts, complaints, entries } = ledger
  return { faults, ...counts, ...differences, complaints, items: entries.length }
}

/** How many things were found that should not be. */
export const faultsFound = ({ lost, doubled, half, apart, complaints }: Report): string[] => [
  ...lost.map((each) => `lost: ${each}`),
  ...doubled.map((each) => `doubled: ${each}`),
  ...half.map((each) => `half: ${each}`),
  ...apart.map((each) => `apart: ${each}`),
  ...complaints,
]

/** Waits until changes are acknowledged as before. @returns whether they are. */
async function goesOn(ledger: Ledger): Promise<boolean> {
  const wanted = ledger.counts.acknowledged + STEADY
  for (const end = performance.now() + RECOVERY; performance.now() < end; ) {
    if (ledger.counts.acknowledged >= wanted) return true
    await sleep(50)
  }
  return false
}

/** Half of those who were not told what became of their deposit send it again: it must have become one item. */
async function sendAgain(stage: Stage, ledger: Ledger, random: Random): Promise<void> {
  const unanswered = ledger.entries.filter((entry) => entry.number === undefined && random() < 0.5)
  const end = performance.now() + RECOVERY
  for (const entry of unanswered)
    while (!isCertain(entry) && performance.now() < end) {
      await deposit(stage, ledger, entry)
      if (!isCertain(entry)) await sleep(1_000)
    }
  const left = unanswered.filter((entry) => !isCertain(entry))
  if (left.length > 0) ledger.complaints.push(`${left.length} deposits were not taken when they were sent again`)
}

/** Waits until no work is left. What was claimed or put off during a fault is due now. @returns how much is left. */
async function settled(stage: Stage): Promise<number> {
  await stage.query('update outbox set due = now()')
  for (const end = performance.now() + RECOVERY; ; await sleep(200)) {
    const [left] = await stage.query<{ count: number }>('select count(*)::integer from outbox')
    if (left?.count === 0 || performance.now() > end) return left?.count ?? 0
  }
}
