/** Bytes of one line or element at most: more than the largest record that the model allows would need. */
export const LONGEST_PIECE = 20 * 2 ** 20

/** Gathers the bytes of a piece as they arrive, and holds nothing any more of one that grows too long. */
export function gatherPiece(longest = LONGEST_PIECE) {
  let parts: Uint8Array[] = []
  let length = 0
  return {
    keep(part: Uint8Array) {
      length += part.length
      if (length <= longest) parts.push(part)
      else parts = []
    },
    /** The piece, after which the next begins; nothing in place of one that was too long. */
    take(): Uint8Array | undefined {
      const piece = length > longest ? undefined : Buffer.concat(parts)
      parts = []
      length = 0
      return piece
    },
    get length() {
      return length
    },
  }
}

const LINE_FEED = 0x0a

/** The bytes between line feeds; nothing in place of a line that is longer than `longest` bytes. */
export async function* lines(
  body: AsyncIterable<Uint8Array>,
  longest = LONGEST_PIECE,
): AsyncGenerator<Uint8Array | undefined> {
  const piece = gatherPiece(longest)
  for await (const chunk of body) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      piece.keep(chunk.subarray(start, end))
      yield piece.take()
      start = end + 1
    }
    piece.keep(chunk.subarray(start))
  }
  if (piece.length > 0) yield piece.take()
}
