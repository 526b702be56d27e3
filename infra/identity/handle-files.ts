/** What the Handle server's configuration is made of: texts, lists of texts, and dictionaries of these. */
export interface Dictionary {
  [key: string]: string | string[] | Dictionary
}

/** Stands in `siteinfo.json` where `handle.sh` puts the server's public key, as the Handle System writes it. */
const PUBLIC_KEY = '@PUBLIC_KEY@'

/**
 * A dictionary in the Handle server's own notation (`config.dct`): `{ "key" = "value" }`, lists in parentheses, quotation
 * marks and backslashes inside texts behind a backslash.
 */
export function dictionary(content: Dictionary): string {
  return `${write(content, '')}\n`
}

function write(value: Dictionary[string], indent: string): string {
  if (typeof value === 'string') return `"${value.replaceAll(/["\\]/g, '\\$&')}"`
  const inner = `${indent}  `
  const [open, close, entries] = Array.isArray(value)
    ? ['(', ')', value.map((entry) => write(entry, inner))]
    : ['{', '}', Object.entries(value).map(([key, entry]) => `${write(key, inner)} = ${write(entry, inner)}`)]
  return [open, ...entries.map((entry) => inner + entry), indent + close].join('\n')
}

/** `siteinfo.json`: how the world reaches the server, and by what key it knows it. Registered with our prefix. */
export function siteInfo(address: string): string {
  const door = (protocol: 'TCP' | 'UDP', admin: boolean) => ({ query: true, admin, protocol, port: 2641 })
  const info = {
    version: 1,
    protocolVersion: '2.10',
    serialNumber: 1,
    primarySite: true,
    multiPrimary: false,
    attributes: [{ name: 'desc', value: 'Kura' }],
    servers: [
      {
        serverId: 1,
        address,
        publicKey: { format: 'base64', value: PUBLIC_KEY },
        interfaces: [door('TCP', true), door('UDP', false)],
      },
    ],
  }
  return `${JSON.stringify(info, null, 2)}\n`
}
