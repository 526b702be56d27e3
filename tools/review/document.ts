import { aligned, section } from '../plan/text.ts'

/** A part of a report, to be written for a terminal or in Markdown. */
export interface Section {
  title: string
  blocks: Block[]
  /** Whether it may be long and is not what everybody must read. */
  details?: boolean
}

export type Block =
  /** Sentences. */
  | { list: string[] }
  /** A table; the first row is its head. */
  | { table: string[][] }
  /** Lines as they are; those that start with more than two spaces are details of the line above. */
  | { lines: string[] }

/** Characters that a comment of a pull request may have, on the servers that take the fewest. */
const LONGEST = 60_000

/** A report to read in a terminal. */
export function asText(sections: Section[]): string {
  return sections.map(({ title, blocks }) => section(title, blocks.flatMap(linesOf))).join('\n')
}

/** A report for a pull request. What is too long for one loses its details. */
export function asMarkdown(sections: Section[]): string {
  const whole = sections.map(markdownOf).join('\n')
  if (whole.length <= LONGEST) return whole
  const brief = sections.map((section) => markdownOf({ ...section, blocks: section.blocks.map(withoutDetails) }))
  const note = '\nIt is too long for a comment: the command prints the details that are left out.\n'
  const text = brief.join('\n') + note
  if (text.length <= LONGEST) return text
  const [last = ''] = brief.slice(-1)
  // The end of the whole is its sum.
  return `${brief
    .slice(0, -1)
    .join('\n')
    .slice(0, LONGEST - last.length - note.length - 20)}\n\`\`\`\n${note}\n${last}`
}

function linesOf(block: Block): string[] {
  if ('list' in block) return block.list.map((sentence) => `- ${sentence}`)
  return 'table' in block ? aligned(block.table) : block.lines
}

function markdownOf({ title, blocks, details }: Section): string {
  const text = blocks.map(markdownBlock).join('\n')
  if (blocks.length === 0) return `### ${escaped(title)}\n`
  return details
    ? `<details><summary>${escaped(title)}</summary>\n\n${text}\n</details>\n`
    : `### ${escaped(title)}\n\n${text}`
}

function markdownBlock(block: Block): string {
  if ('list' in block) return block.list.map((sentence) => `- ${escaped(sentence)}\n`).join('')
  if ('lines' in block) {
    // Longer than every row of backticks inside.
    const fence = '`'.repeat(
      Math.max(3, ...block.lines.flatMap((line) => line.match(/`+/g) ?? []).map((row) => row.length + 1)),
    )
    return `${fence}\n${block.lines.join('\n')}\n${fence}\n`
  }
  const [head = [], ...rows] = block.table
  const row = (cells: string[]) =>
    `| ${head.map((_, column) => escaped(cells[column] ?? '').replaceAll('|', '\\|')).join(' | ')} |\n`
  const rule = `|${head.map((_, column) => (column === 0 ? '---|' : '---:|')).join('')}\n`
  return row(head) + rule + rows.map(row).join('')
}

function withoutDetails(block: Block): Block {
  return 'lines' in block ? { lines: block.lines.filter((line) => !line.startsWith('   ')) } : block
}

/** A text in which nothing is a mark. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#~]/g, (mark) => `\\${mark}`).replaceAll('\n', ' ')
}
