/** Bytes of one line or element at most: more than the largest record that the model allows would need. */
export const LONGEST_PIECE = 20 * 2 ** 20

/** Gathers the bytes of a piece as they arrive, and holds nothing any more of one that grows too long. */
export function gatherPiece() {
  let parts: Uint8Array[] = []
  let length = 0
  return {
    keep(part: Uint8Array) {
      length += part.length
      if (length <= LONGEST_PIECE) parts.push(part)
      else parts = []
    },
    /** The piece, after which the next begins; nothing in place of one that was too long. */
    take(): Uint8Array | undefined {
      const piece = length > LONGEST_PIECE ? undefined : Buffer.concat(parts)
      parts = []
      length = 0
      return piece
    },
    get length() {
      return length
    },
  }
}
