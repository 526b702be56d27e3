import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from './load.ts'
import { PARTS, type Part, type PartName, type Stage } from './stage.ts'

/** What can be done to a part, in milliseconds. */
const KINDS = {
  /** Ended as by a crash, and started again. */
  async kill(part: Part, random: Random) {
    await part.kill()
    await sleep(1_000 + random() * 3_000)
    await part.start()
  },
  /** All connections broken off, again and again. */
  async cut({ proxy }: Part, random: Random) {
    for (let times = 0; times < 6; times++) {
      proxy?.cut()
      await sleep(random() * 700)
    }
  },
  /** It takes connections, and says nothing. */
  async hang({ proxy }: Part) {
    proxy?.hold()
    await sleep(12_000)
    proxy?.release()
  },
  /** Whatever passes is late. */
  async slow({ proxy }: Part, random: Random) {
    proxy?.delay(50 + random() * 250)
    await sleep(6_000)
    proxy?.delay(0)
  },
  /** Its disk is full, and it crashes. */
  async full({ disk, kill, start }: Part) {
    await disk?.fill()
    await sleep(5_000)
    await disk?.empty()
    await kill()
    await start()
  },
}
export type Kind = keyof typeof KINDS

export interface Fault {
  part: PartName
  kind: Kind
}

/** Everything that can be done to the parts that are named. */
export function faultsOf(parts: Stage['parts'], only: readonly PartName[] = PARTS): Fault[] {
  return only.flatMap((name) => {
    const { proxy, disk } = parts[name]
    const kinds: Kind[] = [
      'kill',
      ...(proxy ? (['cut', 'hang', 'slow'] as const) : []),
      ...(disk ? ['full' as const] : []),
    ]
    // Whoever speaks to us sees our network, and not that of our services.
    return kinds
      .filter((kind) => name !== 'web' || kind === 'kill' || kind === 'cut')
      .map((kind) => ({ part: name, kind }))
  })
}

/** Faults without end: all of them in a random order, then all in another. */
export function* dealt(faults: readonly Fault[], random: Random): Generator<Fault, never> {
  for (;;) {
    const left = [...faults]
    while (left.length > 0) yield left.splice(Math.floor(random() * left.length), 1)[0] as Fault
  }
}

/** What fails now, and what failed when. */
export class Failing {
  readonly #since: { part: PartName; to: number }[] = []

  async carryOut(stage: Stage, { part, kind }: Fault, random: Random): Promise<void> {
    const entry = { part, to: Infinity }
    this.#since.push(entry)
    await KINDS[kind](stage.parts[part], random)
    // What has begun before it was over ends a little later.
    entry.to = performance.now() + 1_000
  }

  /** Whether a part has failed since a moment (`performance.now()`). */
  was(part: PartName, since: number): boolean {
    return this.#since.some((each) => each.part === part && each.to >= since)
  }
}
