/**
 * What the web application firewall lets pass, as data: conditions are JMESPath over what Oracle's documentation calls
 * the input document of a rule. They use the language's own functions alone, so that tests can run them.
 */

/** Methods that the application and the identity provider know. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** What is there for the platform itself: probes and metrics, and below these the identity provider's administration. */
const INTERNAL = {
  paths: ['/healthz', '/readyz', '/metrics'],
  folders: ['/realms/master/', '/admin/master/', '/admin/realms/'],
}

const GIB = 2 ** 30

/** Longest argument that our addresses carry is a place in a search's results: 2,000 characters. */
export const LONGEST_ARGUMENT = 4096

/**
 * Where bodies are records, files and archives: up to many GiB, while the firewall reads 8 KiB, and text about SQL or
 * markup is what they are for. Their senders have proven who they are, and the application reads them as a stream.
 */
export const UPLOADS = "starts_with(http.request.url.path, '/api/v1/')"

interface Refusal {
  name: string
  condition: string
  action: 'refuse-method' | 'hide' | 'refuse-size'
}

/** Requests that are answered at the edge, in order. */
export function refusals(uploadGib: number): Refusal[] {
  return [
    {
      name: 'known-methods-alone',
      condition: `!contains(${list(METHODS)}, http.request.method)`,
      action: 'refuse-method',
    },
    {
      name: 'internal-paths-stay-inside',
      condition: [
        `contains(${list(INTERNAL.paths)}, http.request.url.path)`,
        ...INTERNAL.folders.map((folder) => `starts_with(http.request.url.path, '${folder}')`),
      ].join(' || '),
      action: 'hide',
    },
    {
      // What comes in pieces says no length: the application counts it against the institution's own limit.
      name: 'bodies-within-the-limit',
      condition: `to_number(http.request.headers."content-length"[0]) > \`${uploadGib * GIB}\``,
      action: 'refuse-size',
    },
  ]
}

function list(texts: string[]): string {
  return `[${texts.map((text) => `'${text}'`).join(', ')}]`
}

interface Capability {
  key: string
  /** Oracle keeps old versions: a new one is taken on purpose. */
  version: number
  /** Against what. */
  against: string
}

/** Oracle's recommended set, which follows the OWASP core rules; keys ending in 0000 weigh the rules of a family. */
export const CAPABILITIES: Capability[] = [
  { key: '9420000', version: 2, against: 'SQL injection' },
  { key: '9410000', version: 3, against: 'cross-site scripting' },
  { key: '941140', version: 2, against: 'cross-site scripting by addresses in styles' },
  { key: '9330000', version: 2, against: 'PHP injection' },
  { key: '9320000', version: 2, against: 'commands of Unix' },
  { key: '9320001', version: 2, against: 'commands of Windows' },
  { key: '9300000', version: 2, against: 'climbing out of folders' },
  { key: '930120', version: 2, against: 'files of the operating system' },
  { key: '920390', version: 1, against: 'arguments that are too long together' },
  { key: '920380', version: 1, against: 'too many arguments' },
  { key: '920370', version: 1, against: 'an argument that is too long' },
  { key: '911100', version: 1, against: 'methods that are not known' },
]

const TEXT_RULES = ['9420000', '9410000', '941140', '9330000', '9320000', '9320001', '9300000', '930120']

interface Exception {
  /** What would be refused wrongly otherwise. */
  reason: string
  /** Arguments that these capabilities do not look at. */
  args: string[]
  capabilities: string[]
}

/** Our own exceptions from the set. The application treats all of these as text, and never as code. */
export const EXCEPTIONS: Exception[] = [
  {
    reason:
      'Readers search for what papers are about, in Japanese, with quotes, brackets and AND, OR, NOT: percent-encoded it looks like an injection.',
    args: ['q'],
    capabilities: TEXT_RULES,
  },
  {
    reason: 'Subjects and names of creators are free text from records, with any sign that a library may catalogue.',
    args: ['subject', 'creator'],
    capabilities: TEXT_RULES,
  },
  {
    reason:
      'A resumption token of OAI-PMH and a place in search results are long runs of base64, in which commands occur by chance; a harvest that is refused once begins again from nothing.',
    args: ['resumptionToken', 'after'],
    capabilities: TEXT_RULES,
  },
  {
    reason:
      'A depositor names a record as he likes, by a path or a formula, and says under which addresses it was before, with their own queries.',
    args: ['source', 'formerAddresses'],
    capabilities: TEXT_RULES,
  },
  {
    reason:
      'Signing in through a federation carries signed XML in base64, and addresses to return to; changed in any way, its signature breaks.',
    args: ['SAMLRequest', 'SAMLResponse', 'RelayState', 'redirect_uri', 'state'],
    capabilities: TEXT_RULES,
  },
]

/** Capabilities of Oracle's recommended set that we leave out. */
export const LEFT_OUT = [
  {
    key: '920300',
    reason: 'It refuses requests without an Accept header, which harvesters and feed readers do not send.',
  },
  {
    key: '920320',
    reason:
      'It refuses requests without a User-Agent header, which HTTP does not ask for and small programs do not send.',
  },
]
