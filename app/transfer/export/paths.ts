/** Where an item's folder lies below `data/`. */
export const itemFolder = (number: number) => `items/${number}`
/** An item's record for whoever reads JPCOAR; it names its files by their paths beside it. */
export const recordPath = (number: number) => `${itemFolder(number)}/jpcoar.xml`

/** Names that some file system cannot have: what Windows keeps for devices, and characters and endings that it refuses. */
const AWKWARD = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|[<>:"|?*\\\p{Cc}\p{Cs}]|[. ]$/iu
const LONGEST_PART = 200

/**
 * Finds the paths of the files of one item: under their own names where every file system takes them and no other file
 * of the item is in the way, otherwise under their ids. Files that only history holds lie apart.
 */
export function pathsOf(): (file: { id: string; item: number; name: string; current: boolean }) => string {
  const taken = new Set<string>()
  const folders = new Set<string>()
  return ({ id, item, name, current }) => {
    const own = `${itemFolder(item)}/${current ? 'files' : `earlier/${id}`}`
    const parts = name.split('/')
    // Some file systems know neither capitals nor forms of Unicode apart.
    const key = `${own}/${name}`.normalize('NFC').toLowerCase()
    const above = parts
      .slice(1)
      .map((_, depth) => `${own}/${parts.slice(0, depth + 1).join('/')}`.normalize('NFC').toLowerCase())
    const fits =
      parts.every((part) => part !== '' && !AWKWARD.test(part) && Buffer.byteLength(part) <= LONGEST_PART) &&
      parts.length <= 16 &&
      name === name.normalize('NFC') &&
      !taken.has(key) &&
      !folders.has(key) &&
      !above.some((folder) => taken.has(folder))
    if (!fits) return `${itemFolder(item)}/unnamed/${id}`
    taken.add(key)
    for (const folder of above) folders.add(folder)
    return `${own}/${name}`
  }
}
