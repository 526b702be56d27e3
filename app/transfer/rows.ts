import { lines } from '../platform/pieces.ts'
import { type Row, rows, type TableName } from './form.ts'

/** Bytes of one row at most: more than the longest record needs. */
const LONGEST_ROW = 64 * 2 ** 20

/** A row as it stands in a file, and what it says. */
export interface ReadRow<R> {
  text: string
  row: R
}

/** Why a file of rows cannot be read. */
export class WrongRow extends Error {
  override name = 'WrongRow'
}

/**
 * The rows of a table, from a file with one a line.
 *
 * @throws WrongRow at a line that is no row of it.
 */
export async function* readRows<T extends TableName>(
  table: T,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ReadRow<Row<T>>> {
  let number = 0
  for await (const line of lines(bytes, LONGEST_ROW)) {
    number++
    const wrong = (why: string) => new WrongRow(`line ${number} of ${table}.ndjson ${why}`)
    if (line === undefined) throw wrong('is too long')
    const text = Buffer.from(line).toString()
    let content: unknown
    try {
      content = JSON.parse(text)
    } catch (error) {
      throw wrong(`is no JSON: ${(error as Error).message}`)
    }
    const parsed = rows[table].safeParse(content)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw wrong(`is no row of it: ${issue?.path.join('.')} ${issue?.message}`)
    }
    // What is said stays as it is said: parsing checks and changes nothing.
    yield { text, row: content as Row<T> }
  }
}

/** Rows that we have noted ourselves, and need not look at again. */
export async function* readNoted<R>(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadRow<R>> {
  for await (const line of lines(bytes, Infinity)) {
    const text = Buffer.from(line as Uint8Array).toString()
    yield { text, row: JSON.parse(text) }
  }
}

/** The rows of a table item by item, in the order in which all tables have the items. */
export class ItemRows<R> {
  readonly #rows: AsyncGenerator<ReadRow<R>>
  readonly #itemOf: (row: R) => number
  #next: ReadRow<R> | undefined

  constructor(rows: AsyncGenerator<ReadRow<R>>, itemOf: (row: R) => number) {
    this.#rows = rows
    this.#itemOf = itemOf
  }

  /** The rows of an item that have not been read yet, one after the other. */
  async *of(item: number): AsyncGenerator<ReadRow<R>> {
    for (;;) {
      this.#next ??= (await this.#rows.next()).value as ReadRow<R> | undefined
      if (!this.#next || this.#itemOf(this.#next.row) !== item) return
      const row = this.#next
      this.#next = undefined
      yield row
    }
  }

  /** Passes over what is left of an item. */
  async skip(item: number): Promise<void> {
    for await (const _ of this.of(item));
  }

  /** Whether all rows have been read. */
  async done(): Promise<boolean> {
    this.#next ??= (await this.#rows.next()).value as ReadRow<R> | undefined
    return this.#next === undefined
  }

  async close(): Promise<void> {
    await this.#rows.return(undefined)
  }
}
