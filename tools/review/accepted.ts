import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { HARMS, type HarmKind } from './harm.ts'

const URN = /^urn:pulumi:(?<stack>[^:]+)::[^:]+::.+::.+$/

/** What `policies/changes.json` says of a change that would be refused otherwise. */
const Accepted = z.strictObject({
  /** URN of the resource or component: a name can be of several types, and is in every stack. */
  resource: z.string().regex(URN, 'name the URN, as the review prints it below the change'),
  change: z.enum(HARMS),
  /** Why it is meant. */
  reason: z.string().min(10),
  /** The last day on which it is, by UTC; a year ahead at most. */
  until: z.iso.date(),
})

export type Acceptance = z.infer<typeof Accepted> & { over: boolean }

/** Changes of what holds data that are meant. */
export class AcceptedChanges {
  readonly all: Acceptance[]
  readonly #used = new Set<Acceptance>()

  constructor(all: z.infer<typeof Accepted>[], today = now()) {
    this.all = all.map((one) => ({ ...one, over: one.until < today }))
  }

  /** @throws Error if the file is not as it should be; without a file, nothing is accepted. */
  static read(file: string, today = now()): AcceptedChanges {
    if (!existsSync(file)) return new AcceptedChanges([])
    const latest = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
    const entry = Accepted.refine(({ until }) => until <= latest, {
      path: ['until'],
      message: `is more than a year ahead: ${latest} at most`,
    })
    const read = z.array(entry).safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (!read.success) throw new Error(`policies/changes.json: ${z.prettifyError(read.error)}`)
    return new AcceptedChanges(read.data, today)
  }

  /** The acceptance of a change; of several, the one that holds the longest. */
  of(urn: string, change: HarmKind): Acceptance | undefined {
    const [last] = this.all
      .filter((one) => one.change === change && one.resource === urn)
      .toSorted((a, b) => (a.until < b.until ? 1 : -1))
    if (last) this.#used.add(last)
    return last
  }

  /** Those of a stack that no change has asked for. */
  unused(stack: string): Acceptance[] {
    return this.all.filter((one) => !this.#used.has(one) && URN.exec(one.resource)?.groups?.stack === stack)
  }
}

function now(): string {
  return new Date().toISOString().slice(0, 10)
}
