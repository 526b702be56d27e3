import type { Finding, Record } from '../records/index.ts'
import type { Files, IncomingFile } from './incoming.ts'

export interface MatchedFiles<F = IncomingFile> {
  /** Files whose bytes came along, in the record's order, those that it does not mention last. */
  stored: { name: string; file: F; described: number | null }[]
  /** Names of files that the item has already: the record names them by their address here. */
  kept: { name: string; described: number }[]
  /** Files that lie elsewhere. */
  links: { url: string; described: number }[]
  warnings: Finding[]
  errors: Finding[]
}

/**
 * Finds out which file belongs to which `jpcoar:file` of a record: the one at the relative address that its URI gives;
 * else the one in the record's folder in whose name the URI ends, or whose name is the label. A file that matches none
 * is added; one that is named and missing is an error.
 *
 * @param base address below which the item's files lie here, where the item exists already
 */
export function matchFiles<F>(record: Record, files: Files<F>, base: string | undefined): MatchedFiles<F> {
  const matched: MatchedFiles<F> = { stored: [], kept: [], links: [], warnings: [], errors: [] }
  const taken = new Map<string, F>()
  const take = (name: string, file: F, described: number | null) => {
    const other = taken.get(name)
    if (other === undefined) {
      taken.set(name, file)
      matched.stored.push({ name, file, described })
    } else if (other !== file)
      matched.errors.push({
        rule: 'file.name',
        path: 'files',
        message: `two different files would both be ${name} here`,
      })
    return other === undefined
  }
  record.files.forEach(({ uri, label }, index) => {
    const path = uri === undefined ? undefined : relativePath(uri)
    if (path !== undefined) {
      const found = files.at(path)
      if (found) take(found.name, found.file, index)
      else
        matched.errors.push({
          rule: 'file.missing',
          path: `files[${index}].uri`,
          message: `names the file ${path}, which did not come along`,
        })
      return
    }
    const name = nameFor(uri, label)
    if (name !== undefined) take(name, files.folder.get(name) as F, index)
    else if (uri !== undefined && base !== undefined && uri.startsWith(base))
      matched.kept.push({ name: decode(uri.slice(base.length)), described: index })
    else if (uri !== undefined && /^https?:\/\//i.test(uri)) matched.links.push({ url: uri, described: index })
    else if (uri !== undefined)
      matched.warnings.push({
        rule: 'file.address',
        path: `files[${index}].uri`,
        message: `${uri} is not an address on the web, and no file came along for it`,
      })
  })

  /** The file of the folder in whose name an address ends, or whose name is the label. */
  function nameFor(uri: string | undefined, label: string | undefined): string | undefined {
    const path = uri === undefined ? '' : decode(uri.replace(/[?#].*$/s, '')).normalize('NFC')
    const named = endings(path).find((name) => files.folder.has(name) && !taken.has(name))
    if (named !== undefined || label === undefined) return named
    return files.folder.has(label) && !taken.has(label) ? label : undefined
  }

  for (const [name, file] of files.folder) {
    if (!take(name, file, null)) continue
    matched.warnings.push({
      rule: 'file.undescribed',
      path: 'files',
      message: `${name} is not mentioned by the record and was added`,
    })
  }
  for (const { name } of matched.stored) {
    const wrong = wrongName(name)
    if (wrong) matched.errors.push({ rule: 'file.name', path: 'files', message: `${JSON.stringify(name)} ${wrong}` })
  }
  return matched
}

/** The path that a relative reference gives (RFC 3986, section 4.2), decoded; nothing for an absolute address. */
export function relativePath(uri: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri) || uri.startsWith('//') || uri.trim() === '') return undefined
  return decode(uri.replace(/[?#].*$/s, '')).normalize('NFC')
}

/** Levels of a name at most that the end of an address is compared with. */
const DEEPEST = 32

/** What a path ends in, segment by segment: the longest first. */
function endings(path: string): string[] {
  const found: string[] = []
  for (let slash = path.length; slash > 0 && found.length < DEEPEST; ) {
    slash = path.lastIndexOf('/', slash - 1)
    found.unshift(path.slice(slash + 1))
  }
  return found
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What is wrong with the name of a file. */
export function wrongName(name: string): string | undefined {
  if (Buffer.byteLength(name) > 1_000) return 'is longer than 1,000 bytes'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming the controls is the purpose
  if (/[\u0000-\u001f\u007f\ufffe\uffff\\]/.test(name) || !name.isWellFormed())
    return 'holds characters that no file name may have'
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..')) return 'is not the path of a file'
  return undefined
}
