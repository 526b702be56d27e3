import { isUtf8 } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { type Entry, validateFileName } from 'yauzl'

/** General purpose bit 11: the name is UTF-8 (APPNOTE 4.4.4). */
const UTF8 = 0x800
/** Extra field "Info-ZIP Unicode Path" (APPNOTE 4.6.9). */
const UNICODE_PATH = 0x7075

const utf8 = new TextDecoder('utf-8', { fatal: true })
/** What the Encoding Standard calls Shift_JIS is code page 932: with NEC's and IBM's characters, as Windows writes it. */
const cp932 = new TextDecoder('shift_jis', { fatal: true })

/**
 * Reads the names of an archive's entries. What an entry says of its encoding holds. Windows in Japan says nothing and
 * writes code page 932; others say nothing and write UTF-8. So names that say nothing are UTF-8 if all of them can be:
 * Japanese in code page 932 hardly ever can, while most of UTF-8 would pass for code page 932. All are looked at
 * together, because one program wrote them, and a short name in half-width katakana can be both.
 *
 * @returns gives the name of an entry, with `/` between folders.
 * @throws Error (the function that is returned) for a name that is in no encoding or leads out of the archive.
 */
export function readNames(entries: readonly Entry[]): (entry: Entry) => string {
  const silent = entries.filter((entry) => declaredName(entry) === undefined)
  const decoder = silent.every(({ fileNameRaw }) => isUtf8(fileNameRaw)) ? utf8 : cp932
  return (entry) => {
    const declared = declaredName(entry)
    // Programs for Windows wrote this one between folders. Only after decoding: it is half of many characters.
    const name = decode(declared ? utf8 : decoder, declared ?? entry.fileNameRaw).replaceAll('\\', '/')
    const fault = validateFileName(name)
    if (fault) throw new Error(fault)
    return name
  }
}

/** The name in UTF-8, where the entry says that it is. */
function declaredName({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): Uint8Array | undefined {
  const field = extraFields.find(({ id }) => id === UNICODE_PATH)?.data
  // Version, then a sum of the plain name: another program that renamed the entry left this field behind.
  if (field && field.length > 5 && field[0] === 1 && field.readUInt32LE(1) === crc32(fileNameRaw))
    return field.subarray(5)
  return generalPurposeBitFlag & UTF8 ? fileNameRaw : undefined
}

function decode(decoder: typeof utf8, name: Uint8Array): string {
  try {
    return decoder.decode(name)
  } catch {
    throw new Error('a name is neither UTF-8 nor code page 932 (Shift_JIS)')
  }
}
