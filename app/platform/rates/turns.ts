/** Milliseconds that a request waits for its turn: with the wait for a connection, less than ten seconds in all. */
const WAIT = 4_000
/** Requests of one client that may wait, and of all. */
const WAITING_EACH = 100
const WAITING = 1_000

interface Waiting {
  begin(): void
}

/**
 * Lets requests be worked on a few at a time, and clients take turns: whoever asks for everything at once waits for
 * itself, and others wait for one of its requests at most. It grows with those who wait, and not with those who come.
 */
export class Turns {
  readonly #most: number
  readonly #each: number
  /** Requests that are worked on, by client. */
  readonly #working = new Map<string, number>()
  #worked = 0
  /** Requests that wait, by client; the client whose turn comes next first. */
  readonly #queues = new Map<string, Waiting[]>()
  #waiting = 0

  /**
   * @param most requests that are worked on at a time
   * @param each of these, requests of one client
   */
  constructor(most: number, each: number) {
    this.#most = most
    this.#each = each
  }

  /**
   * Waits for a client's turn.
   *
   * @param gone ends the waiting where nobody waits for the answer any more
   * @returns what ends the turn; nothing where it did not come in time, or too many wait.
   */
  async take(client: string, gone: AbortSignal): Promise<(() => void) | undefined> {
    if (!this.#queues.has(client) && this.#mayBegin(client)) this.#begin(client)
    else if (!(await this.#wait(client, gone))) return undefined
    return () => this.#end(client)
  }

  #mayBegin = (client: string) => this.#worked < this.#most && (this.#working.get(client) ?? 0) < this.#each

  #begin(client: string) {
    this.#worked++
    this.#working.set(client, (this.#working.get(client) ?? 0) + 1)
  }

  #end(client: string) {
    this.#worked--
    const left = (this.#working.get(client) ?? 0) - 1
    if (left > 0) this.#working.set(client, left)
    else this.#working.delete(client)
    this.#next()
  }

  /** Gives a turn to the first client that may have one. */
  #next() {
    for (const [client, queue] of this.#queues) {
      if (this.#worked >= this.#most) return
      if (!this.#mayBegin(client)) continue
      const [first] = queue as [Waiting, ...Waiting[]]
      this.#leave(client, first)
      // What else it waits for comes after a turn of everybody else.
      if (this.#queues.delete(client)) this.#queues.set(client, queue)
      this.#begin(client)
      first.begin()
    }
  }

  /** @returns whether the turn came. */
  #wait(client: string, gone: AbortSignal): Promise<boolean> {
    const queue = this.#queues.get(client) ?? []
    if (gone.aborted || queue.length >= WAITING_EACH || this.#waiting >= WAITING) return Promise.resolve(false)
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const settle = (came: boolean) => {
      clearTimeout(timer)
      gone.removeEventListener('abort', giveUp)
      resolve(came)
    }
    const waiting = { begin: () => settle(true) }
    const giveUp = () => {
      this.#leave(client, waiting)
      settle(false)
    }
    const timer = setTimeout(giveUp, WAIT)
    gone.addEventListener('abort', giveUp)
    queue.push(waiting)
    this.#queues.set(client, queue)
    this.#waiting++
    return promise
  }

  #leave(client: string, waiting: Waiting) {
    const queue = this.#queues.get(client) ?? []
    queue.splice(queue.indexOf(waiting), 1)
    if (queue.length === 0) this.#queues.delete(client)
    this.#waiting--
  }
}
