/** What the instances' Patronis agree in: who is the primary, and who has all that is committed. */
export interface Agreement {
  /** What an instance's Patroni is told of it, beside everything else. */
  settings(name: string): Promise<object>
  /** Environment of Patroni. */
  env: Record<string, string>
  agreed(): Promise<Agreed>
  end(): Promise<void>
}

/** Names of instances. */
export interface Agreed {
  /** The one that connections are led to. */
  primary: string | undefined
  /** The standby that has what is committed, and alone may follow the primary. */
  synchronous: string | undefined
}

/** Name of the instances together, below which Patroni keeps its state. */
export const SCOPE = 'kura'
