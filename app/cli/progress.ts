/** Milliseconds between two lines of progress where they stay (a file, a pipe), and where one replaces the other. */
const PLAIN_PACE = 10_000
const TERMINAL_PACE = 100

/** A line that rewrites itself on a terminal, and one now and then elsewhere. */
export function openProgress(line: () => string) {
  const { isTTY } = process.stderr
  const pace = isTTY ? TERMINAL_PACE : PLAIN_PACE
  const clear = isTTY ? '\r\x1b[K' : ''
  let last = performance.now()
  return {
    print(text: string) {
      process.stderr.write(`${clear}${text}\n`)
    },
    show() {
      if (performance.now() - last < pace) return
      last = performance.now()
      process.stderr.write(isTTY ? `${clear}${line()}` : `${line()}\n`)
    },
    end() {
      process.stderr.write(`${clear}${line()}\n`)
    },
  }
}
