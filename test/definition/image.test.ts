import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import packages from '../../package.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')

/** Packages that the application's own files name; tests and what only they use stay out of the image. */
function imported(): string[] {
  const files = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/(\.test|\.arbitrary|\.examples|\/suite)\.tsx?$|\/suite\//.test(file))
    .map((file) => readFileSync(join(root, 'app', file), 'utf8'))
  const named = files.flatMap((text) => [
    // `text(…)` reads a file of a package, and elsewhere names an element.
    ...text.matchAll(/(?:\bfrom |\bimport |import\()'(@?[a-z][\w./-]*)'|\btext\('(@[\w./-]*)'/g),
  ])
  const names = named
    .map(([, imported, read = '']) => imported ?? read)
    .map((name) => /^(@[^/]+\/[^/]+|[^/]+)/.exec(name)?.[1] ?? '')
  return [...new Set(names)].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name)).sort()
}

test("the application's image installs what the application imports, and nothing of the platform's or the tools'", () => {
  expect(imported()).toEqual(Object.keys(packages.dependencies).sort())
})

test('the image runs the Node.js that everybody runs', () => {
  const dockerfile = readFileSync(join(root, 'images/application/Dockerfile'), 'utf8')
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)
  expect(new Set(bases)).toEqual(new Set([`docker.io/library/node:${packages.devDependencies.node}-bookworm-slim`]))
})
