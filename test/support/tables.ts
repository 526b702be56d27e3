/** Writes rows as CSV. */
export function toCsv(rows: readonly (readonly string[])[], separator = ',', lineBreak = '\r\n'): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  return rows.map((row) => row.map(quoted).join(separator) + lineBreak).join('')
}

/** Text in CP932, by the same table that reads it; nothing if it has characters that CP932 lacks. */
function toCp932(text: string): Buffer | undefined {
  const bytes = [...text].map((character) => cp932().get(character))
  return bytes.every((pair) => pair !== undefined) ? Buffer.concat(bytes) : undefined
}

let table: Map<string, Buffer> | undefined
function cp932(): Map<string, Buffer> {
  if (table) return table
  table = new Map()
  const decoder = new TextDecoder('shift_jis')
  for (let first = 0; first < 0x100; first++) {
    const single = decoder.decode(Buffer.from([first]))
    if (single.length === 1 && single !== '\ufffd') table.set(single, Buffer.from([first]))
    for (let second = 0x40; second < 0xfd; second++) {
      const pair = Buffer.from([first, second])
      const character = decoder.decode(pair)
      if ([...character].length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, pair)
    }
  }
  return table
}

/** Text in an encoding that Node can write, or CP932. */
export function encode(text: string, encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp932'): Buffer | undefined {
  if (encoding === 'cp932') return toCp932(text)
  if (encoding === 'utf-8') return Buffer.from(text)
  const little = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16le' ? little : little.swap16()
}
