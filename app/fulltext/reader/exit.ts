/** Exit codes of the reader. With any other, or a signal, it did not end by itself. */
export const EXIT = {
  /** There is no text, or none that we can read. */
  nothing: 3,
  /** The file is damaged. */
  broken: 4,
}
