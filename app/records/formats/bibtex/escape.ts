/**
 * What LaTeX takes for a command (The TeXbook, chapter 7), and the signs that its oldest encoding prints as others. A
 * brace is named: BibTeX counts braces, also those behind a backslash.
 */
const COMMANDS: { readonly [character: string]: string } = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
}

/** Text that LaTeX prints as it is. */
export const escaped = (text: string): string => text.replace(/[\\{}^~<>|$&%#_]/g, (each) => COMMANDS[each] ?? each)

/** Text whose capitals, commas and "and" BibTeX leaves alone. */
export const braced = (text: string): string => `{${text}}`
