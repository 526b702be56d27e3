import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicyResource, ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy'
import { PACKS } from '../../policies/packs.ts'
import { type CapturedResource, reveal } from '../../tools/evaluate/index.ts'

/** What a rule says of one resource. */
export interface Said {
  /** `<pack>/<rule>`. */
  rule: string
  sentence: string
}

/**
 * What the rules of all packs say, each as it is configured, asked in this process: hundreds of stacks are too many to
 * send to the packs' own. Rules about single resources are asked of the changed ones alone.
 */
export async function judgedHere(resources: CapturedResource[], changed: CapturedResource[]): Promise<Said[]> {
  const found: Said[] = []
  const stack = stackOf(resources)
  const asked = changed.map((resource) => ({ ...resourceOf(resource), props: reveal(resource.inputs) as object }))
  for (const [pack, rules] of Object.entries(PACKS)) {
    const config = JSON.parse(readFileSync(join(import.meta.dirname, '../../policies/config', `${pack}.json`), 'utf8'))
    for (const { about, policy } of rules) {
      const getConfig = () => config[about.name] ?? {}
      const report: ReportViolation = (told: string | { message: string }) =>
        found.push({ rule: `${pack}/${about.name}`, sentence: typeof told === 'string' ? told : told.message })
      const { validateStack } = policy as StackValidationPolicy
      const { validateResource } = policy as ResourceValidationPolicy
      await validateStack?.({ resources: stack, getConfig } as never, report)
      for (const resource of asked)
        for (const validate of [validateResource ?? []].flat())
          await validate({ ...resource, getConfig } as never, report)
    }
  }
  return found
}

/** Resources as a rule across the stack sees them, each with those that its values come from. */
function stackOf(resources: CapturedResource[]): PolicyResource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resourceOf(resource)]))
  const known = (urns: string[]) => urns.flatMap((urn) => byUrn.get(urn) ?? [])
  for (const { urn, parent, dependencies, propertyDependencies } of resources)
    Object.assign(byUrn.get(urn) as PolicyResource, {
      parent: byUrn.get(parent),
      dependencies: known(dependencies),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([key, urns]) => [key, known(urns)]),
      ),
    })
  return [...byUrn.values()]
}

const opened = new WeakMap<CapturedResource, object>()

function resourceOf(resource: CapturedResource): PolicyResource {
  const { type, name, urn, protect, ignoreChanges, deleteBeforeReplace, aliases, parent } = resource
  // What is captured does not change, and most of it is the same in every stack.
  const { inputs, outputs } = resource
  const props = opened.get(resource) ?? (reveal(Object.keys(inputs).length > 0 ? inputs : outputs) as object)
  opened.set(resource, props)
  return {
    type,
    name,
    urn,
    props,
    opts: { protect, ignoreChanges, deleteBeforeReplace, aliases, parent },
    dependencies: [],
    propertyDependencies: {},
  } as unknown as PolicyResource
}
