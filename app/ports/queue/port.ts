/** What takes long is worked for apart from what does not, so that neither has to wait for the other. */
export const PACES = ['quick', 'scan', 'slow'] as const
export type Pace = (typeof PACES)[number]
/**
 * Work that takes long, and is broken off when a process ends. Scans are apart from the texts of files: readers wait for
 * them, and behind a large import's texts they would wait for hours.
 */
export const UNHURRIED = ['scan', 'slow'] as const satisfies Pace[]

/** Institutions worked for at a time, in one process. */
export const LANES: Readonly<Record<Pace, number>> = { quick: 4, scan: 1, slow: 1 }

/** Milliseconds that {@link Queue.end} waits for turns under way. What they leave undone is done by others. */
export const LAST_TURNS = 10_000

/** Says that an institution has work of a pace in its outbox. What there is to do stands there alone. */
export interface Nudge {
  tenant: string
  pace: Pace
}

/** Works for an institution for one turn, and says whether there may be more to do. It may fail. */
export type Handle = (nudge: Nudge) => Promise<boolean>

/** What became of nudges since the process began. */
export interface Counts {
  /** Nudges that were taken over: they will be handled, also if this process ends. */
  sent: number
  /** Tries to send one that failed. */
  unsent: number
  /** Turns that were taken. */
  handled: number
  /** Turns that failed. */
  failed: number
}

/**
 * Tells whoever works that there is work, so that it need not wait for the worker's round. Nudges may come together,
 * late or twice; one that is lost leaves its rows to the round. Institutions take turns: however much one has to do, it
 * keeps no other waiting. A turn that fails is taken again after a pause that grows, and given up in the end.
 */
export interface Queue {
  /** Says that there is work: soon, and without being waited for. It never fails. */
  send(nudge: Nudge): void
  /** Takes part in the work from now on. */
  receive(): void
  /** Kept when nothing that was sent from here or received here is left to be done here. */
  settled(): Promise<void>
  /** Takes no more work, and is done when turns under way are and what has been sent is on its way, or after a while. */
  end(): Promise<void>
  readonly counts: Readonly<Counts>
}
