import type { StackValidationPolicy } from '@pulumi/policy'
// What Pulumi's runner serves; the package exports it without types.
import * as untyped from '@pulumi/policy/server.js'
import type analyzer from '@pulumi/pulumi/proto/analyzer_pb.js'
import { describe, expect, it } from 'vitest'
import type { Kind, Rule } from '../../policies/rule/index.ts'
import { typeOf } from '../../policies/rule/kind.ts'
import { type CapturedResource, reveal, Secret } from '../../tools/evaluate/index.ts'
import { requestFor, stackRequestFor } from '../../tools/packs/requests.ts'
import { resourceOf } from './resource.ts'

/** The engine's mark of a text that is not known before the deployment. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** A value that the program marked secret; no message may hold it. */
export const secret = (value: unknown): Secret => new Secret(value)

/**
 * A resource as a program declares it.
 *
 * @param given.linked by input, names of the resources that its value comes from
 */
export function declared(
  kind: Kind | string,
  name: string,
  declares: Record<string, unknown> = {},
  given: Partial<CapturedResource> & { linked?: Record<string, CapturedResource[]> } = {},
): CapturedResource {
  const type = typeof kind === 'string' ? kind : typeOf(kind)
  const { linked = {}, ...rest } = given
  // Nothing that is deployed has no input at all.
  const inputs = { description: name, ...declares }
  const propertyDependencies = Object.fromEntries(
    Object.entries(linked).map(([key, targets]) => [key, targets.map(({ urn }) => urn)]),
  )
  return resourceOf({
    type,
    name,
    urn: `urn:pulumi:stack::project::${type}::${name}`,
    inputs,
    outputs: inputs,
    propertyDependencies,
    ...rest,
  })
}

type Given = CapturedResource | CapturedResource[]

/**
 * Tests of a rule, a sentence each: what it lets pass, and what it says of what breaks it, whole sentence by whole
 * sentence.
 *
 * @param tests.config the rule's settings in these tests
 */
export function cases(
  rule: Rule,
  tests: {
    config?: Record<string, unknown>
    passes: Record<string, Given>
    breaks: Record<string, [Given, ...(string | RegExp)[]]>
  },
): void {
  describe(rule.about.name, () => {
    for (const [sentence, given] of Object.entries(tests.passes))
      it(`passes ${sentence}`, async () => expect(await judged(rule, given, tests.config)).toEqual([]))
    for (const [sentence, [given, ...told]] of Object.entries(tests.breaks))
      it(`is broken by ${sentence}`, async () => {
        expect(told).not.toEqual([])
        const found = await judged(rule, given, tests.config)
        expect(found).toEqual(told.map((text) => (typeof text === 'string' ? text : expect.stringMatching(text))))
        for (const value of [given].flat().flatMap(({ inputs }) => secretTexts(inputs)))
          expect(found.join('\n')).not.toContain(value)
      })
  })
}

/** What a rule says of resources, as its pack would say it over the wire. */
export async function judged(rule: Rule, given: Given, config: Record<string, unknown> = {}): Promise<string[]> {
  const resources = [given].flat()
  const configured = Object.keys(config).length > 0
  const policy = configured ? withConfig(rule, config) : rule.policy
  const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = untyped as unknown as Record<string, MakeFunction>
  const ask = async (make: MakeFunction | undefined, request: object) => {
    const response = await new Promise<analyzer.AnalyzeResponse>((resolve, reject) =>
      make?.('pack', '1.0.0', 'mandatory', [policy])({ request }, (error, answer) =>
        error ? reject(error) : resolve(answer),
      ),
    )
    const described = `${rule.about.description}\n`
    return response.getDiagnosticsList().map((told) => told.getMessage().replace(described, ''))
  }
  if ('validateStack' in rule.policy) return await ask(makeAnalyzeStackRpcFun, stackRequestFor(resources))
  const found: string[] = []
  for (const resource of resources) found.push(...(await ask(makeAnalyzeRpcFun, requestFor(resource))))
  return found
}

type MakeFunction = (
  pack: string,
  version: string,
  level: string,
  policies: object[],
) => (call: { request: object }, done: (error: Error | null, answer: analyzer.AnalyzeResponse) => void) => void

/** The same rule with settings: a pack of one process has one configuration, and tests have many. */
function withConfig({ policy }: Rule, config: Record<string, unknown>): Rule['policy'] {
  const key = 'validateStack' in policy ? 'validateStack' : 'validateResource'
  const validate = (policy as unknown as Record<string, StackValidationPolicy['validateStack']>)[key]
  const configured: StackValidationPolicy['validateStack'] = (args, report) =>
    validate?.({ ...args, getConfig: <T>() => config as T }, report)
  return { ...policy, [key]: configured } as Rule['policy']
}

function secretTexts(value: unknown): string[] {
  if (value instanceof Secret) return [JSON.stringify(reveal(value)).replaceAll(/^"|"$/g, '')]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(secretTexts) : []
}
