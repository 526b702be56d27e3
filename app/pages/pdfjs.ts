import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const library = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')))
const { version } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as { version: string }

/**
 * What browsers need of pdf.js: the library and its worker, as they are for browsers of the last years too; CMaps and
 * fonts for PDFs that do not embed theirs, as Japanese ones of the nineties do; decoders and a colour profile.
 */
const NEEDED = ['legacy/build', 'cmaps', 'standard_fonts', 'wasm', 'iccs'].flatMap((folder) =>
  readdirSync(join(library, folder))
    .filter((name) => /^pdf(\.worker)?\.min\.mjs$|\.(bcmap|pfb|ttf|icc)$|_nowasm_fallback\.js$/.test(name))
    .map((name) => `${folder}/${name}`),
)
const needed = new Set(NEEDED)

/** Address below which pdf.js is. It names the version, as library and worker must be of the same. */
export const pdfjsAddress = `/assets/pdfjs-${version}/`

const TYPES: { [extension: string]: string } = {
  mjs: 'text/javascript; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  ttf: 'font/ttf',
}

/** A file of pdf.js by its address. */
export function pdfjsFile(address: string): { type: string; read: () => Promise<Uint8Array> } | undefined {
  const file = address.startsWith(pdfjsAddress) ? address.slice(pdfjsAddress.length) : ''
  if (!needed.has(file)) return undefined
  const type = TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  return { type, read: () => readFile(join(library, file)) }
}
