import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const ROOT = dirname(createRequire(import.meta.url).resolve('@pulumi/oci/package.json'))
const known = new Map<string, boolean>()

/** Whether a type of `@pulumi/oci` has the input `freeformTags`, as the package itself passes it on. */
export function takesTags(type: string): boolean {
  const [provider, module = ''] = type.split(':')
  if (provider !== 'oci') return false
  const found = known.get(type) ?? read(module)
  known.set(type, found)
  return found
}

function read(module: string): boolean {
  const [group = '', file = ''] = module.split('/')
  return readFileSync(join(ROOT, group.toLowerCase(), `${file}.js`), 'utf8').includes('args?.freeformTags')
}
