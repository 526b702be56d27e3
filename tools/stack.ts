import { basename, join } from 'node:path'
import { fromCaller, root } from '../app/cli/local.ts'

/** A stack, and the file of its settings. */
export interface NamedStack {
  stack: string
  settings: string
}

/** What is meant by an argument: a name means the project's own file; a path that file, whose name says the stack's. */
export function stackOf(given: string): NamedStack {
  const named = /^Pulumi\.(.+)\.ya?ml$/.exec(basename(given))?.[1]
  return named === undefined
    ? { stack: given, settings: join(root, `Pulumi.${given}.yaml`) }
    : { stack: named, settings: fromCaller(given) }
}
