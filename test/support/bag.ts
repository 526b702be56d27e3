import { createHash } from 'node:crypto'

/** The files of a bag (RFC 8493) around a payload, by path. */
export function bagOf(
  payload: Record<string, string | Uint8Array>,
  { folder = '', algorithms = ['sha256'], tags = {} as Record<string, string>, version = '1.0' } = {},
): Record<string, string | Uint8Array> {
  const digest = (algorithm: string, content: string | Uint8Array) =>
    createHash(algorithm).update(content).digest('hex')
  const entries = Object.entries(payload).map(([path, content]) => [`data/${path}`, content] as const)
  const all: Record<string, string | Uint8Array> = {
    'bagit.txt': `BagIt-Version: ${version}\nTag-File-Character-Encoding: UTF-8\n`,
    ...Object.fromEntries(entries),
  }
  for (const algorithm of algorithms)
    all[`manifest-${algorithm}.txt`] = entries
      .map(([path, content]) => `${digest(algorithm, content)}  ${path}\n`)
      .join('')
  Object.assign(all, tags)
  return Object.fromEntries(Object.entries(all).map(([path, content]) => [`${folder}${path}`, content]))
}
