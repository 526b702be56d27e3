import {
  type Policy,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  UnknownValueError,
} from '@pulumi/policy'
import type { PolicyConfigJSONSchema } from '@pulumi/policy/schema.js'
import { type Control, frameworkOf } from '../frameworks/index.ts'
import { asDeclared } from './declaration.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { type Kind, type PropsOf, typeOf, typesOf } from './kind.ts'
import { type Declared, Stack } from './stack.ts'
import { type Named, type TellOf, teller, unjudged, type Violation } from './tell.ts'

export { custom, type Kind, type PropsOf } from './kind.ts'
export type { Declared, Stack } from './stack.ts'
export type { TellOf, Violation } from './tell.ts'

/** What a rule says of itself. */
export interface About<Settings = unknown> {
  /** Unique in its pack, and the name of its file. */
  name: string
  /** What must hold, as one sentence. */
  description: string
  severity: 'low' | 'medium' | 'high' | 'critical'
  /** A mandatory rule stops a deployment that breaks it; an advisory one is heard. */
  level: 'mandatory' | 'advisory'
  /** Controls of frameworks that the rule serves, the foremost first. */
  serves: [Control, ...Control[]]
  /** What the pack's configuration may set. */
  settings?: { [Name in keyof Settings]: Setting<Settings[Name]> }
}

/** The form of a setting as JSON schema, and the value that it has where nothing is configured. */
interface Setting<Value> {
  schema: PolicyConfigJSONSchema
  value: Value
}

/** The setting `unknown` that every rule has. */
const UNKNOWN: PolicyConfigJSONSchema = {
  type: 'string',
  enum: ['violation', 'advice'],
  description: 'What it is that a value is not known before the deployment, so that the rule cannot be judged.',
  default: 'violation',
}

export function setting<Value>(value: Value, schema: PolicyConfigJSONSchema & { description: string }): Setting<Value> {
  return { schema: { ...schema, default: value as object }, value }
}

/** A rule, ready for a pack. */
export interface Rule {
  about: About
  /** Types of resources that it is about; none for a rule that looks at all. */
  types: string[]
  policy: ResourceValidationPolicy | StackValidationPolicy
}

/** Goes over the resources of some kinds: one that cannot be judged does not hide what is wrong with the others. */
export type Each = <K extends Kind>(kinds: K | K[], judge: (declared: Declared<K>) => void) => void

/** Says what breaks the rule. */
export type Tell = (violation: Violation) => void

/**
 * A rule about single resources of some kinds: it is asked before each of them is made or changed. A class of Kubernetes
 * stands for its patches too, of which only what they say can break a rule.
 *
 * A value that it needs and that is not known before the deployment breaks the rule. Where it is enough that a value is
 * given, {@link isSet} asks.
 *
 * @throws TypeError if the installed SDK lacks a class that the rule is about.
 */
export function resourceRule<K extends Kind, Settings>(
  about: About<Settings>,
  kinds: K | K[],
  check: (props: PropsOf<K>, tell: Tell, asked: { resource: ResourceValidationArgs; settings: Settings }) => void,
): Rule {
  const all = [kinds].flat()
  const types = all.map(typeOf)
  // A patch is judged as what it changes.
  const judgedAs = new Map(all.flatMap((kind) => typesOf(kind).map((type) => [type, typeOf(kind)] as const)))
  const validate = validateEach(about, (resource, tell, settings) => {
    const type = judgedAs.get(resource.type)
    if (type) check(resource.props as PropsOf<K>, tell, { resource: { ...resource, type }, settings })
  })
  return {
    about,
    types,
    // By this mark the SDK does not even open resources of other types.
    policy: {
      ...described(about),
      validateResource: judgedAs.size > 1 ? validate : Object.assign(validate, { __pulumiType: types[0] }),
    },
  }
}

/** A rule about resources of any kind, which it tells apart itself: it is asked before each is made or changed. */
export function everyResourceRule<Settings>(
  about: About<Settings>,
  check: (resource: ResourceValidationArgs, tell: Tell, settings: Settings) => void,
): Rule {
  return { about, types: [], policy: { ...described(about), validateResource: validateEach(about, check) } }
}

/**
 * A rule across the stack: it is asked once, for all resources as they are declared. `each` goes over those of a kind, so that one that
 * cannot be judged does not hide what is wrong with the others.
 *
 * @param kinds what the rule is about; it may read others besides
 * @throws TypeError if the installed SDK lacks a class that the rule is about.
 */
export function stackRule<Settings>(
  about: About<Settings>,
  kinds: Kind | Kind[],
  check: (stack: Stack, tell: TellOf, asked: { each: Each; settings: Settings }) => void,
): Rule {
  const validateStack: StackValidationPolicy['validateStack'] = ({ resources: told, getConfig }, report) => {
    const resources = asDeclared(told)
    const tell = teller(about, getConfig(), report)
    const stack = new Stack(resources)
    const each: Each = (kinds, judge) => {
      for (const declared of [...stack.of(kinds), ...stack.patchesOf(kinds)])
        judging(declared, tell, () => judge(declared))
    }
    const whole = resources.find(({ type }) => type === 'pulumi:pulumi:Stack') ?? { name: 'stack', urn: '' }
    judging(whole, tell, () => check(stack, tell, { each, settings: settingsOf(about, getConfig()) }))
  }
  return { about, types: [kinds].flat().map(typeOf), policy: { ...described(about), validateStack } }
}

/** Whether a property has a value, also one that is not known yet. Empty text and empty lists are none to providers. */
export function isSet<Props extends object>(props: Props | undefined, key: keyof Props): boolean {
  // Reading what is not known yet would throw.
  const value = props && Reflect.getOwnPropertyDescriptor(props, key)?.value
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** Whether a property has a value that is not known before the deployment. */
export function isUnknown<Props extends object>(props: Props | undefined, key: keyof Props): boolean {
  try {
    void props?.[key]
    return false
  } catch (error) {
    if (error instanceof UnknownValueError) return true
    throw error
  }
}

function validateEach<Settings>(
  about: About<Settings>,
  check: (resource: ResourceValidationArgs, tell: Tell, settings: Settings) => void,
) {
  return (resource: ResourceValidationArgs, report: Parameters<typeof teller>[2]) => {
    // With `--target` the engine tells of a resource that is left out without any input, and so of a component whose
    // parts a provider makes: nothing of it is deployed.
    if (Object.keys(resource.props).length === 0) return
    const tell = teller(about, resource.getConfig(), report)
    const settings = settingsOf(about, resource.getConfig())
    judging(resource, tell, () => check(resource, (violation) => tell(resource, violation), settings))
  }
}

/** Runs a judgement. What it could not know breaks the rule: else nobody would learn that it said nothing. */
function judging(resource: Named, tell: TellOf, judge: () => void): void {
  try {
    judge()
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error
    tell(resource, unjudged(error))
  }
}

function described<Settings>({
  name,
  description,
  severity,
  level,
  serves,
  settings = {} as never,
}: About<Settings>): Policy {
  const framework = frameworkOf(serves[0])
  const schemas = Object.entries<Setting<unknown>>(settings).map(([key, { schema }]) => [key, schema])
  return {
    name,
    description,
    severity,
    enforcementLevel: level,
    framework: {
      name: framework.name,
      version: framework.version,
      reference: serves[0],
      specification: framework.controls[serves[0]]?.asks ?? '',
    },
    url: framework.source,
    tags: serves,
    configSchema: { properties: { ...Object.fromEntries(schemas), exceptions: EXCEPTIONS, unknown: UNKNOWN } },
  }
}

/** What nothing is configured for has its default: the engine fills it in, other callers may not. */
function settingsOf<Settings>({ settings = {} as never }: About<Settings>, config: Partial<Settings>): Settings {
  const defaults = Object.entries<Setting<unknown>>(settings).map(([key, { value }]) => [key, value])
  return { ...Object.fromEntries(defaults), ...config }
}
