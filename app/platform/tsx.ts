import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

/**
 * Lets Node load views: it strips types by itself but does not know JSX, so `.tsx` alone is transformed as it is
 * loaded. A process that serves pages starts with
 * `node --enable-source-maps --import ./app/platform/tsx.ts …`. Nothing is written to disk.
 */
registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.tsx')) return nextLoad(url, context)
    const path = fileURLToPath(url)
    const { code } = transformSync(readFileSync(path, 'utf8'), {
      loader: 'tsx',
      format: 'esm',
      target: 'node24',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      sourcemap: 'inline',
      sourcefile: path,
      // The project's tsconfig is for the type check; what matters here stands above.
      tsconfigRaw: '{}',
    })
    return { format: 'module', source: code, shortCircuit: true }
  },
})
