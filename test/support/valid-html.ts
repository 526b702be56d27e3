import { HtmlValidate } from 'html-validate'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // The views' renderer writes void elements as <br/>, which HTML allows.
    'void-style': 'off',
    // And boolean attributes as controls="", likewise.
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // A value of a facet that a form passes on may be one of several.
    'form-dup-name': 'off',
    // Titles of works are as long as they are.
    'long-title': 'off',
  },
})

/** What is not valid in a page, each with its place. */
export async function faultsOfHtml(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
  )
}
