import MarkdownIt, { type StateCore, type Token } from 'markdown-it'

/**
 * Institutions' own texts: CommonMark with tables. HTML in them is text like any other, and images would come from
 * elsewhere, which a page's content security policy refuses: their description stands in their place.
 */
const markdown = new MarkdownIt({ html: false })
markdown.disable('image')
markdown.validateLink = (address) => isSafe(address)
markdown.core.ruler.push('headings', shiftHeadings)
markdown.renderer.rules.softbreak = (tokens, index) => (isWithin(tokens, index) ? '' : '\n')

/** A text as HTML: safe, whatever it says. */
export const renderMarkdown = (text: string): string => markdown.render(text)

/** What a text says, without what it looks like: for descriptions in a page's head. */
export const plainText = (text: string): string =>
  markdown
    .parse(text, {})
    .map(({ children }) => (children ?? []).map(wordsOf).join(''))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

const wordsOf = ({ type, content }: Token, index: number, all: readonly Token[]) =>
  type.endsWith('break') && !isWithin(all, index) ? ' ' : content

/** Whether a link may lead there: to the web, to a mailbox, or to a page of this site. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address, 'https://here.invalid')) return false
  return ['http:', 'https:', 'mailto:'].includes(new URL(address, 'https://here.invalid').protocol)
}

/** The page's own heading is above those of the text. None skips a level, and what stood beside another still does. */
function shiftHeadings({ tokens }: StateCore): void {
  /** Levels, as the text has them, of the headings that this one is below, and its own. */
  const open: number[] = []
  for (const token of tokens) {
    if (token.type === 'heading_open') {
      const level = Number(token.tag.slice(1))
      while ((open.at(-1) ?? 0) >= level) open.pop()
      open.push(level)
    }
    if (/^heading_(open|close)$/.test(token.type)) token.tag = `h${Math.min(open.length + 1, 6)}`
  }
}

/** Scripts that are written without blanks between words: there, the end of a line is none. */
const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u

/** Whether the end of a line stands between two characters that no blank may stand between. */
function isWithin(tokens: readonly Token[], index: number): boolean {
  const nearest = (step: 1 | -1) => {
    let at = index + step
    // The beginning and end of what is emphasised or linked say nothing themselves.
    while (tokens[at]?.content === '') at += step
    return tokens[at]?.content
  }
  return WITHOUT_BLANKS.test(nearest(-1)?.at(-1) ?? '') && WITHOUT_BLANKS.test(nearest(1)?.at(0) ?? '')
}
