import { aligned, section } from '../plan/text.ts'
import { visible } from './visible.ts'

/** A part of a report, to be written for a terminal or in Markdown. */
export interface Section {
  title: string
  blocks: Block[]
  /** Whether it may be long and is not what everybody must read. */
  details?: boolean
  /** What stands for the blocks where nothing can be folded away. */
  brief?: Block[]
}

export type Block =
  /** Sentences, some with others below them. */
  | { list: (string | Group)[] }
  /** A table; the first row is its head. */
  | { table: string[][] }
  /** Lines as they are; those that start with more than two spaces are details of the line above. */
  | { lines: string[] }

export interface Group {
  head: string
  items: string[]
}

/** Characters that a comment of a pull request may have, on the servers that take the fewest. */
const LONGEST = 60_000

/** A report to read in a terminal. */
export function asText(sections: Section[]): string {
  return visible(sections.map(({ title, blocks, brief = blocks }) => section(title, brief.flatMap(linesOf))).join('\n'))
}

/** A report for a pull request. What is too long for one loses what matters least. */
export function asMarkdown(sections: Section[]): string {
  const [whole = '', ...shorter] = [sections, sections.map(withoutDetails), sections.map(inBrief)].map((some) =>
    visible(some.map(markdownOf).join('\n')),
  )
  if (whole.length <= LONGEST) return whole
  const note = '\nMore is left out here than a comment can hold: the command prints it.\n'
  return (shorter.find((text) => text.length + note.length <= LONGEST) ?? shorter.at(-1)) + note
}

function linesOf(block: Block): string[] {
  if ('list' in block) return itemsOf(block.list, (sentence) => `- ${sentence}`)
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
  if ('list' in block) return itemsOf(block.list, (sentence) => `- ${escaped(sentence)}\n`).join('')
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

function itemsOf(list: (string | Group)[], item: (sentence: string) => string): string[] {
  return list.flatMap((one) =>
    typeof one === 'string' ? [item(one)] : [item(one.head), ...one.items.map((inner) => `  ${item(inner)}`)],
  )
}

function withoutDetails(section: Section): Section {
  const blocks = section.blocks.map((block) =>
    'lines' in block ? { lines: block.lines.filter((line) => !line.startsWith('   ')) } : block,
  )
  return { ...section, blocks }
}

/** Only what everybody must read, and of groups only their heads. */
function inBrief(section: Section): Section {
  const head = (one: string | Group) => (typeof one === 'string' ? one : `${one.head} (${one.items.length})`)
  const blocks = section.blocks.map((block) => ('list' in block ? { list: block.list.map(head) } : block))
  return { ...section, blocks: section.details ? [] : blocks }
}

/** A text in which nothing is a mark. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#~]/g, (mark) => `\\${mark}`).replaceAll('\n', ' ')
}
