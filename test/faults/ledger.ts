/** An item as somebody who was told that a change was made has to find it. */
export interface State {
  /** Counts the changes of its title, which names it. */
  edition: number
  status: 'public' | 'withdrawn' | 'deleted'
  /** SHA-256 of its files, by name. */
  files: Readonly<Record<string, string>>
  /** Counts its changes. */
  revision: number
}

/** What somebody knows of an item that they have deposited. */
export interface Entry {
  /** A word that no other item has. */
  key: string
  /** Known once its deposit has been acknowledged. */
  number?: number
  /**
   * How it may stand now: one state as long as each change was acknowledged or refused; more where nobody knows what
   * became of one, which is not touched again; nothing where it may not be there at all.
   */
  possible: (State | undefined)[]
}

/** What was asked for and what came of it, in one round. */
export interface Counts {
  acknowledged: number
  refused: number
  /** Changes of which nobody was told what became. */
  unknown: number
  /** Readers that got what they asked for, and that were told to come again. */
  read: number
  unavailable: number
  /** Downloads that broke off while what they came from failed. */
  brokenOff: number
  /** Milliseconds of the slowest answer to a reader, and to a writer. */
  slowestRead: number
  slowestWrite: number
}

const NOTHING: Counts = {
  acknowledged: 0,
  refused: 0,
  unknown: 0,
  read: 0,
  unavailable: 0,
  brokenOff: 0,
  slowestRead: 0,
  slowestWrite: 0,
}

/** All that was acknowledged, over all rounds, and what became of the round's requests. */
export class Ledger {
  readonly entries: Entry[] = []
  counts: Counts = { ...NOTHING }
  /** What no reader or writer should have been answered. */
  complaints: string[] = []

  beginRound() {
    this.counts = { ...NOTHING }
    this.complaints = []
  }

  /** The entries of which everything is known. */
  get certain(): (Entry & { number: number; possible: [State] })[] {
    return this.entries.filter(isCertain)
  }
}

/** Whether it is there, and known how it stands. */
export const isCertain = (entry: Entry): entry is Entry & { number: number; possible: [State] } =>
  entry.number !== undefined && entry.possible.length === 1 && entry.possible[0] !== undefined

/** The word that one edition of an item has in its title, and no other. */
export const titleWord = (key: string, edition: number) => `${key}e${edition}`
/** The word that a file says. */
export const fileWord = (key: string, edition: number) => `${key}f${edition}`
