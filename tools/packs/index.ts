import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { remembering } from '../../policies/rule/declaration.ts'
import type { Exception } from '../../policies/rule/exceptions.ts'
import { EXCEPTED, UNJUDGED } from '../../policies/rule/tell.ts'
import type { CapturedResource } from '../evaluate/index.ts'
import { type PackConfig, type PolicyInfo, readConfig } from './config.ts'
import { type Diagnostic, Pack } from './pack.ts'
import { requestFor, stackRequestFor, wired } from './requests.ts'

export type { Level, PackConfig, PolicyInfo } from './config.ts'

/** What a rule found. */
export interface Finding {
  pack: string
  rule: string
  /** Whether the rule is broken, its break is allowed for a while, or it could not judge. */
  state: 'broken' | 'excepted' | 'unjudged'
  level: 'mandatory' | 'advisory'
  severity: 'low' | 'medium' | 'high' | 'critical' | 'unspecified'
  /** URN of the resource; of the stack where the rule is about none. */
  urn: string
  /** What must hold, as the rule describes itself. */
  description: string
  /** Which resource, what is wrong, and what to write instead. */
  sentence: string
}

/** An exception that a pack is configured with. */
export interface Excepted extends Exception {
  pack: string
  rule: string
}

export interface Packs {
  /** The rules as they describe themselves, by pack. */
  policies: Record<string, PolicyInfo[]>
  /**
   * What all packs find in a stack, by URN and rule.
   *
   * @throws PackError if a rule throws.
   */
  judge(resources: CapturedResource[]): Promise<Finding[]>
  close(): void
}

const FOLDER = join(import.meta.dirname, '../../policies')
const SEVERITIES = ['unspecified', 'low', 'medium', 'high', 'critical'] as const

/** How packs are configured: by pack, then by rule. */
export type Configuration = Record<string, PackConfig>

/** The folder of their configuration. */
export const CONFIGURATION = join(FOLDER, 'config')

/** Names of the packs: the folders that Pulumi would take for one. */
export function packNames(folder = FOLDER): string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'PulumiPolicy.yaml')))
}

/**
 * What the files in a folder say, a pack each; of one without a file, nothing.
 *
 * @throws Error that names the file, if it is not JSON.
 */
export function readConfiguration(folder = CONFIGURATION): Configuration {
  return Object.fromEntries(
    packNames().map((name) => {
      const file = join(folder, `${name}.json`)
      return [name, existsSync(file) ? readConfig(file) : {}]
    }),
  )
}

/** All exceptions of a configuration. */
export function exceptionsOf(configuration: Configuration): Excepted[] {
  return Object.entries(configuration).flatMap(([pack, config]) =>
    Object.entries(config).flatMap(([rule, given]) => {
      const { exceptions = [] } = (typeof given === 'string' ? {} : given) as { exceptions?: Exception[] }
      return exceptions.map((exception) => ({ pack, rule, ...exception }))
    }),
  )
}

/**
 * Starts the project's policy packs, each configured by its file in `policies/config`.
 *
 * @param changes configuration that goes before that of the files, by pack
 * @throws PackError if one does not start, or its configuration does not fit it.
 */
export async function openPacks(changes: Record<string, PackConfig> = {}): Promise<Packs> {
  const configs = Object.entries(readConfiguration()).map(([name, config]) => ({
    name,
    config: { ...config, ...changes[name] },
  }))
  const opened = await Promise.allSettled(configs.map(({ name, config }) => Pack.open(join(FOLDER, name), config)))
  const packs = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const close = () => {
    for (const pack of packs) pack.close()
  }
  for (const result of opened)
    if (result.status === 'rejected') {
      close()
      throw result.reason
    }
  return {
    policies: Object.fromEntries(
      packs.map(({ name, policies }) => [name, policies.filter((policy) => policy.name !== remembering.name)]),
    ),
    async judge(resources) {
      const single = resources.map((resource) => wired(requestFor(resource)))
      const whole = wired(stackRequestFor(resources))
      const found = await Promise.all(
        packs.map(async (pack) => {
          const told = [...(await pack.analyze(single)), ...(await pack.analyzeStack(whole))]
          return told.map((diagnostic) => findingOf(pack.name, diagnostic))
        }),
      )
      return found.flat().toSorted(byPlace)
    },
    close,
  }
}

function findingOf(pack: string, { policyname, description, message, level, severity, urn }: Diagnostic): Finding {
  const sentence = message.startsWith(`${description}\n`) ? message.slice(description.length + 1) : message
  // The SDK lowers a rule to advice where it met a value that is not known and did not say so itself.
  const given = sentence.startsWith("can't run policy")
  const unjudged = given || sentence.startsWith(UNJUDGED)
  return {
    pack,
    rule: policyname,
    state: unjudged ? 'unjudged' : sentence.startsWith(EXCEPTED) ? 'excepted' : 'broken',
    level: given || level === 'mandatory' ? 'mandatory' : 'advisory',
    severity: SEVERITIES[severity] ?? 'unspecified',
    urn,
    description,
    sentence,
  }
}

function byPlace(a: Finding, b: Finding): number {
  const place = ({ urn, pack, rule, sentence }: Finding) => [urn, pack, rule, sentence].join('\n')
  return place(a) < place(b) ? -1 : 1
}
