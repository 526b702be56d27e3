import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import analyzer from '@pulumi/pulumi/proto/analyzer_pb.js'
import { Ajv } from 'ajv'
import struct from 'google-protobuf/google/protobuf/struct_pb.js'

/** What a pack says of one of its rules. */
export interface PolicyInfo {
  name: string
  level: Level
  /** JSON schemas of its settings. */
  settings: Record<string, { default?: unknown }>
}

export type Level = 'advisory' | 'mandatory' | 'disabled'

/** As `pulumi preview --policy-pack-config` takes it: by rule, a level, or settings with or without a level. */
export type PackConfig = Record<string, string | Record<string, unknown>>

const LEVELS: Record<Level, analyzer.EnforcementLevel> = {
  advisory: analyzer.EnforcementLevel.ADVISORY,
  mandatory: analyzer.EnforcementLevel.MANDATORY,
  disabled: analyzer.EnforcementLevel.DISABLED,
}

/** @throws Error that names the file, if it is not JSON. */
export function readConfig(file: string): PackConfig {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`policies/config/${basename(file)}: ${(error as Error).message}`)
  }
}

/**
 * What the engine would configure a pack with: what the file says, checked, and the defaults of everything else.
 *
 * @throws Error if the file names a rule or a setting that there is not, or a value that does not fit.
 */
export function configurationOf(policies: PolicyInfo[], config: PackConfig): analyzer.ConfigureAnalyzerRequest {
  const known = new Set(policies.map(({ name }) => name))
  for (const name of Object.keys(config))
    if (!known.has(name)) throw new Error(`the configuration names a rule that the pack does not have: ${name}`)

  const ajv = new Ajv({ strict: false, useDefaults: true })
  const request = new analyzer.ConfigureAnalyzerRequest()
  for (const { name, level: usual, settings: schemas } of policies) {
    const given = config[name] ?? {}
    const { enforcementLevel: level = usual, ...rest } = typeof given === 'string' ? { enforcementLevel: given } : given
    const settings = structuredClone(rest)
    const numbers = LEVELS[level as Level]
    if (numbers === undefined) throw new Error(`the configuration of ${name}: no level ${JSON.stringify(level)}`)
    if (!ajv.validate({ type: 'object', properties: schemas, additionalProperties: false }, settings))
      throw new Error(`the configuration of ${name}: ${ajv.errorsText(undefined, { dataVar: name })}`)
    const configured = new analyzer.PolicyConfig()
    configured.setEnforcementlevel(numbers)
    configured.setProperties(
      struct.Struct.fromJavaScript(settings as Parameters<typeof struct.Struct.fromJavaScript>[0]),
    )
    request.getPolicyconfigMap().set(name, configured)
  }
  return request
}
