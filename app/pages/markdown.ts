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
    .flatMap(({ children }) => [...(children ?? []), { type: 'softbreak', content: '' }])
    .map(({ type, content }, index, all) => (type.endsWith('break') && !isWithin(all, index) ? ' ' : content))
    .join('')
    .trim()

/** Whether a link may lead there: to the web, to a mailbox, or to a page of this site. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address, 'https://here.invalid')) return false
  return ['http:', 'https:', 'mailto:'].includes(new URL(address, 'https://here.invalid').protocol)
}

/** The page's own heading is above those of the text, and none skips a level. */
function shiftHeadings({ tokens }: StateCore): void {
  let level = 1
  for (const token of tokens) {
    if (token.type === 'heading_open') level = Math.min(Number(token.tag.slice(1)) + 1, level + 1, 6)
    if (/^heading_(open|close)$/.test(token.type)) token.tag = `h${level}`
  }
}

/** Scripts that are written without blanks between words: there, the end of a line is none. */
const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u

/** Whether the end of a line stands between two characters that no blank may stand between. */
function isWithin(tokens: readonly Pick<Token, 'content'>[], index: number): boolean {
  const [before, after] = [tokens[index - 1]?.content.at(-1), tokens[index + 1]?.content.at(0)]
  return before !== undefined && after !== undefined && WITHOUT_BLANKS.test(before) && WITHOUT_BLANKS.test(after)
}
