import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { HARMS, type HarmKind } from './harm.ts'

/** What `policies/changes.json` says of a change that would be refused otherwise. */
const Accepted = z.strictObject({
  /** Name or URN of the resource. */
  resource: z.string().min(1),
  change: z.enum(HARMS),
  /** Why it is meant. */
  reason: z.string().min(10),
  /** The last day on which it is, by UTC. */
  until: z.iso.date(),
})

export type Acceptance = z.infer<typeof Accepted> & { over: boolean }

/** Changes of what holds data that are meant. */
export class AcceptedChanges {
  readonly all: Acceptance[]
  readonly #used = new Set<Acceptance>()

  constructor(all: z.infer<typeof Accepted>[], today = new Date().toISOString().slice(0, 10)) {
    this.all = all.map((one) => ({ ...one, over: one.until < today }))
  }

  /** @throws Error if the file is not as it should be; without a file, nothing is accepted. */
  static read(file: string): AcceptedChanges {
    if (!existsSync(file)) return new AcceptedChanges([])
    const read = z.array(Accepted).safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (!read.success) throw new Error(`policies/changes.json: ${z.prettifyError(read.error)}`)
    return new AcceptedChanges(read.data)
  }

  /** The acceptance of a change; of several, the one that holds the longest. */
  of({ name, urn }: { name: string; urn: string }, change: HarmKind): Acceptance | undefined {
    const [last] = this.all
      .filter((one) => one.change === change && (one.resource === name || one.resource === urn))
      .toSorted((a, b) => (a.until < b.until ? 1 : -1))
    if (last) this.#used.add(last)
    return last
  }

  /** Those that no change has asked for. */
  get unused(): Acceptance[] {
    return this.all.filter((one) => !this.#used.has(one))
  }
}
