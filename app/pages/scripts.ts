import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

/** Scripts that a page can ask for: files of `scripts/`. What they import comes along. */
const SCRIPTS = ['collections', 'item', 'search'] as const
export type Script = (typeof SCRIPTS)[number]

/**
 * What browsers get of `scripts/`: made once, as this is loaded, and written nowhere. Its names change with the
 * content; what is loaded only when it is needed (`await import`) stays a file of its own.
 */
const { outputFiles } = buildSync({
  entryPoints: SCRIPTS.map((name) => fileURLToPath(new URL(`./scripts/${name}.ts`, import.meta.url))),
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir: '/',
  entryNames: '[name].[hash]',
  chunkNames: '[name].[hash]',
  write: false,
  logLevel: 'silent',
  // The project's tsconfig is for the type check; what matters here stands above.
  tsconfigRaw: '{}',
})

/** Contents by the name without its hash. */
const made = new Map(
  outputFiles.map(({ path, text }) => {
    const file = path.slice(path.lastIndexOf('/') + 1)
    return [file.slice(0, file.indexOf('.')), { file, text }]
  }),
)

/** Address of a script. It changes with the content. */
export const scriptAddress = (script: Script) => `/assets/${made.get(script)?.file}`

/** The present script of a name, whatever content it was asked for by, and the name of its present content. */
export const scriptOf = (file: string): { text: string; file: string } | undefined =>
  made.get(file.slice(0, file.indexOf('.')))
