/** A figure, and what it is held against. */
export interface Row {
  what: string
  measured: string
  limit?: string
  peer?: string
}

/** Figures as a table in Markdown, beside those of a peer. */
export function table(rows: Row[], peer: string): string {
  const cells = [
    ['', 'measured', 'limit', peer],
    ...rows.map(({ what, measured, limit = '', peer = '' }) => [what, measured, limit, peer]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] as number)).join(' | ')} |`
  const [head = [], ...body] = cells
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line)].join('\n')
}
