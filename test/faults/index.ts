import { parseArgs } from 'node:util'
import { seeded } from '../bench/generator.ts'
import { dealt, faultsOf } from './faults.ts'
import { Ledger } from './ledger.ts'
import { faultsFound, runRound } from './round.ts'
import { openStage, PARTS, type PartName } from './stage.ts'

/*
 * `npm run faults`: the application on its real services, each of which fails in every way while changes and readers
 * come: what was acknowledged is then held against database, index, objects and harvest. `-- --rounds 10 --seed 7
 * --only redis,web` says how often, repeats a run, and chooses what fails. Any difference is told, and ends with code 1.
 */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    only: { type: 'string', default: PARTS.join(',') },
  },
})
const [rounds, seed] = [Number(options.rounds), Number(options.seed)]
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed))
  throw new Error('--rounds needs a whole number from 1, --seed a whole number')
const only = options.only.split(',').map((name) => {
  if (!(PARTS as readonly string[]).includes(name)) throw new Error(`--only knows ${PARTS.join(', ')}, not ${name}`)
  return name as PartName
})
/** Things that fail in a round, one after the other. */
const EACH = 3

const say = (text: string) => console.log(`${process.uptime().toFixed(0).padStart(6)} s  ${text}`)
say(`seed ${seed} (--seed ${seed} repeats it); everything is started`)
const stage = await openStage()
try {
  const ledger = new Ledger()
  // Of its own: what fails must not depend on how much was asked meanwhile.
  const fate = dealt(faultsOf(stage.parts, only), seeded(seed))
  const table: string[][] = [
    [
      'round',
      'what failed',
      'acknowledged',
      'unknown',
      'lost',
      'doubled',
      'half',
      'apart',
      'read',
      '503',
      'slowest answer, s',
      'wrong answers',
    ],
  ]
  for (let round = 1; round <= rounds; round++) {
    const faults = Array.from({ length: EACH }, () => fate.next().value)
    const report = await runRound(stage, ledger, {
      faults,
      random: seeded(seed + round),
      name: `s${seed}r${round}`,
      say,
    })
    const { lost, doubled, half, apart, complaints, acknowledged, unknown, read, unavailable, slowestRead } = report
    const found = faultsFound(report)
    for (const each of found.slice(0, 20)) say(each)
    if (found.length > 20) say(`and ${found.length - 20} more`)
    if (found.length > 0) process.exitCode = 1
    table.push(
      [
        round,
        faults.map(({ part, kind }) => `${part} ${kind}`).join(', '),
        ...[acknowledged, unknown, lost.length, doubled.length, half.length, apart.length, read, unavailable],
        (slowestRead / 1_000).toFixed(1),
        complaints.length,
      ].map(String),
    )
    say(
      `round ${round}: ${(table[0] as string[])
        .map((name, i) => `${name} ${table.at(-1)?.[i]}`)
        .slice(1)
        .join('; ')}`,
    )
  }
  const [head = [], ...rows] = table
  console.log(`\n${[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}`)
} finally {
  await stage.close()
}
