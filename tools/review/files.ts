import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { CONFIGURATION, type Configuration, packNames, readConfiguration } from '../packs/index.ts'
import type { NamedStack } from '../stack.ts'
import { AcceptedChanges } from './accepted.ts'
import { type Base, ReviewError } from './base.ts'

/* What the command reads itself. What is not as it should be is told with the name of the file. */

/** @throws ReviewError if there is no such stack. */
export function requireStack({ stack, settings }: NamedStack): void {
  if (existsSync(settings)) return
  const folder = dirname(settings)
  const stacks = (existsSync(folder) ? readdirSync(folder) : []).flatMap(
    (file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? [],
  )
  const there = stacks.length > 0 ? `there are ${stacks.toSorted().join(', ')}` : 'there is none beside it'
  throw new ReviewError(`there is no stack ${stack}: ${basename(settings)} is missing; ${there}`)
}

/** @throws ReviewError if the file is not as it should be. */
export function readAccepted(file: string): AcceptedChanges {
  try {
    return AcceptedChanges.read(file)
  } catch (error) {
    const name = 'policies/changes.json'
    const { message } = error as Error
    throw new ReviewError(message.startsWith(name) ? message : `${name}: ${message}`)
  }
}

/** How the packs are configured now; undefined if they cannot be, which they say themselves. */
export function readOwnConfiguration(): Configuration | undefined {
  try {
    return readConfiguration()
  } catch {
    // The packs read the same files, and cannot judge.
    return undefined
  }
}

/** What a base says of the packs. */
export interface BasePolicies {
  /** Undefined where it has no folder of it. */
  configuration?: Configuration
  /** Names of the rules, by pack. */
  ruleNames: Record<string, string[]>
}

/** @throws ReviewError if a file of its configuration is not JSON. */
export function readPolicies(base: Base): BasePolicies {
  const folder = base.find(CONFIGURATION)
  const policies = base.find(dirname(CONFIGURATION))
  const packs = policies === undefined ? [] : packNames(policies).map((pack) => [pack, rulesIn(join(policies, pack))])
  try {
    return {
      ...(folder === undefined ? {} : { configuration: readConfiguration(folder) }),
      ruleNames: Object.fromEntries(packs),
    }
  } catch (error) {
    throw new ReviewError(`the base ${base.ref} cannot be evaluated: ${(error as Error).message}`)
  }
}

/** Each rule is a file of its own, in a folder for its subject. */
function rulesIn(pack: string): string[] {
  return readdirSync(pack, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && dirname(relative(pack, file.parentPath)) === '.' && file.parentPath !== pack)
    .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts')
    .map(({ name }) => basename(name, '.ts'))
}
