import type { reference as ja } from '../ja/reference.ts'

export const reference: typeof ja = {
  api: {
    title: 'API reference',
    description: 'How programs search, read and deposit in this repository.',
    introduction: 'Introduction',
    operations: 'All operations',
    schemas: 'Schemas',
    schemasText: 'The shapes of data that requests and answers hold, by name.',

    forAll: 'For everybody. With a token it may show more.',
    needs: 'Needs the scope ',
    parameters: 'Parameters',
    body: 'Body',
    example: 'Example',
    answers: 'Answers',
    usual: 'And, as other operations: ',
    fields: 'Show its fields',
    required: 'required',
    or: ' or ',
    comma: ', ',
    listOf: 'list of ',
    suchAs: 'such as ',
    fallback: 'if left out: ',
    values: (count) => `One of ${count} values`,
    most: (count) => `at most ${count}`,
    length(least, most) {
      if (most === undefined) return `${least} characters or more`
      return least === undefined ? `up to ${most} characters` : `${least} to ${most} characters`
    },
    between(least, most) {
      if (most === undefined) return `${least} or more`
      return least === undefined ? `${most} or less` : `${least} to ${most}`
    },
    places: { path: 'in the path', query: 'in the query', header: 'as a header' },
    types: {
      string: 'text',
      integer: 'integer',
      number: 'number',
      boolean: 'true or false',
      object: 'object',
      array: 'list',
      null: 'null',
      date: 'date (YYYY-MM-DD)',
      'date-time': 'date and time (UTC)',
      uri: 'URL',
    },

    lead: 'Programs can search, read and deposit in this repository as people do. To search and read, nobody needs an account or a token.',
    base: 'Address',
    baseText: 'Every operation begins with this address. Bodies are JSON in UTF-8 unless an operation says otherwise.',
    documentText: 'What stands here is also there for programs to read: ',
    openApi: 'OpenAPI 3.1 document (JSON)',
    tokens: 'Tokens and scopes',
    tokensText:
      'A program that deposits or edits sends a token, which the institution gives out and which is good there alone. What it may do depends on its scopes.',
    scopes: {
      import: 'Import items, and harvest other repositories.',
      'items:write': 'Change items and collections, and see items that are not public yet.',
      'files:read': 'Read files that are open to registered users only.',
      'settings:write': 'Change the settings of the institution: its name, colours, texts and logo.',
      transfer: 'Take out everything that the institution has, and bring it in.',
    },
    problems: 'Errors',
    problemsText:
      'What cannot be done is answered with the reason, as application/problem+json (RFC 9457). Programs go by the status; detail is for people. Where what was sent is wrong, errors lists each thing.',
    statuses: 'What any operation can answer',
    paging: 'Pages of a list',
    pagingText:
      'Lists come in pages. Where there is more, the address of the next page stands in the body as next, and in the Link header (RFC 8288). Follow it rather than making a value for after.',
    conditional: 'Conditional changes',
    conditionalText:
      'Send the ETag that you have read as If-Match. If somebody else has changed the item since, nothing is changed and the answer is 412. Without If-Match it is 428.',
    uploads: 'Large files',
    uploadsText:
      'A file can be sent in one go or in parts, and an upload in parts goes on where a connection broke. The protocol is tus 1.0 (https://tus.io): give any of its clients the address of the item’s uploads, and the token.',
    forms: 'Other forms of an item',
    formsText:
      'The record of an item can be read in other forms too. Ask at the address of its page and say in the Accept header what you want, or follow the address that each form has of its own.',
    limits: 'Rate limits',
    limitsText:
      'There is a limit to the requests that one caller can send in a short time. Searches, other reads and changes are counted apart: RateLimit says what is left, RateLimit-Policy what the limit is. Beyond it the answer is 429: go on after the seconds that Retry-After says.',
    lastingText:
      'Fields may be added to answers: pass over those that you do not know. A request may hold what stands here, and nothing else.',
    support:
      'When you ask for help, please give the value of the X-Request-Id header: with it your request can be found.',
  },
}
