/**
 * RFC 3986's `URI-reference`, with the characters beside it that `xs:anyURI` has its reader escape (XML Schema Part 2,
 * section 3.2.17): blanks, `<>"{}|\^`, the backquote, and all beyond ASCII.
 */
const URI_REFERENCE = (() => {
  const octet = '%[0-9A-Fa-f]{2}'
  const path = `(?:[^%?#[\\]]|${octet})*`
  const rest = `(?:[^%#[\\]]|${octet})*`
  const user = `(?:[^%@/?#[\\]]|${octet})*@`
  const host = `(?:\\[[0-9A-Fa-f:.]+\\]|(?:[^%:@/?#[\\]]|${octet})*)`
  const scheme = '[A-Za-z][A-Za-z0-9+.-]*:'
  const withAuthority = `(?:${scheme})?//(?:${user})?${host}(?::\\d{1,5})?(?=[/?#]|$)`
  const without = `(?:${scheme}|(?![^/?#]*:))(?!//)`
  return new RegExp(`^(?:${withAuthority}|${without})${path}(?:\\?${rest})?(?:#${rest})?$`)
})()

/** The value where it is an `xs:anyURI`; else with what URIs never hold escaped, or all that might not stand there. */
export function toAnyUri(value: string): string {
  const tamed = value.replace(/%(?![0-9A-Fa-f]{2})|[[\]]/g, encodeURIComponent)
  const uri = [value, tamed].find((each) => URI_REFERENCE.test(each))
  return uri ?? value.replace(/[^\w./~-]/gu, encodeURIComponent)
}
