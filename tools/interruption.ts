/**
 * One Ctrl-C arrives several times: from the terminal, from npm and from `tools/run.mjs`, which pass it on. What comes
 * within this many milliseconds of the first is the same one.
 */
const ONE_PRESS = 1_000

export interface Interruption {
  /** Aborted when everything is to end. */
  stop: AbortSignal
  /** Aborted when it is to end without waiting for what is under way. */
  hurry: AbortSignal
}

/** Takes over Ctrl-C and the signals that ask a process to end. */
export function watchForInterruption(): Interruption {
  const stop = new AbortController()
  const hurry = new AbortController()
  let first = 0
  const interrupt = () => {
    if (!stop.signal.aborted) {
      first = performance.now()
      stop.abort()
    } else if (performance.now() - first > ONE_PRESS) hurry.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  return { stop: stop.signal, hurry: hurry.signal }
}

/** A promise that is kept when `signal` is aborted. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** Waits for `promise`, but not beyond the moment when `signal` is aborted. */
export const until = <T>(signal: AbortSignal, promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    aborted(signal).then((): never => {
      throw signal.reason
    }),
  ])
