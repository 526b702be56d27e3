/** There is no text in the file, or none that we can read: nothing is wrong, and trying again would not help. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}
