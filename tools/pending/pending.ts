import { z } from 'zod'
import { ONE_IN_ITS_PLACE, TOLD_ONCE } from './kinds.ts'

/** A resource in a state, as far as this reads it. */
const Resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
})

/** What `pulumi stack export` prints, as far as this reads it. */
export const Exported = z.looseObject({
  deployment: z.looseObject({
    resources: z.array(Resource).default([]),
    pending_operations: z.array(z.looseObject({ type: z.string(), resource: Resource })).default([]),
  }),
})
export type Exported = z.infer<typeof Exported>

/** What was found: by URN the identifier of the thing that was made, or null where there is none. */
export const Found = z.record(z.string(), z.string().min(1).nullable())
export type Found = z.infer<typeof Found>

/** A resource that was being made when the engine ended: whether it was, the state does not know. */
export interface Pending {
  urn: string
  type: string
  /** What it is called in Oracle Cloud, and by which marks it is found there. */
  called: Record<string, unknown>
  /** Why nobody needs to look for it; nothing where somebody must. */
  harmless?: string
  /** Whether it must be removed by hand where it is found, as what it told then is lost. */
  isSpent: boolean
}

/** Inputs by which people find a thing; the last ones tell rules of one security group apart. */
const NAMES = [
  ...[
    'displayName',
    'name',
    'addonName',
    'keyId',
    'freeformTags',
    'userId',
    'networkSecurityGroupId',
    'description',
    'path',
  ],
  ...['direction', 'source', 'destination', 'protocol', 'tcpOptions', 'udpOptions', 'icmpOptions'],
]

export function pendingIn({ deployment }: Exported): Pending[] {
  return deployment.pending_operations
    .filter(({ type }) => type === 'creating')
    .map(({ resource: { urn, type, inputs = {} } }) => {
      const harmless = harmlessness(type)
      return {
        urn,
        type,
        called: Object.fromEntries(NAMES.filter((name) => name in inputs).map((name) => [name, inputs[name]])),
        ...(harmless === undefined ? {} : { harmless }),
        isSpent: type in TOLD_ONCE,
      }
    })
}

function harmlessness(type: string): string | undefined {
  if (type in ONE_IN_ITS_PLACE) return 'there is one in its place, and it is written again'
  if (/^(random|tls):/.test(type)) return 'it exists in the state alone'
  if (type.startsWith('kubernetes:') && !type.startsWith('kubernetes:helm.sh/'))
    return 'what is there is taken over when it is applied again'
  return undefined
}

/**
 * The state with what was found in it, and nothing pending: for `pulumi stack import`, after which `pulumi refresh` reads
 * what became of everything. Secrets stay encrypted.
 *
 * @throws Error naming what nobody has looked for, what was not pending, and what must be removed before.
 */
export function settled(exported: Exported, found: Found): Exported {
  const pending = pendingIn(exported)
  const faults = [
    ...pending
      .filter(({ urn, harmless }) => harmless === undefined && found[urn] === undefined)
      .map(({ urn }) => `${urn}: look for it`),
    ...Object.keys(found)
      .filter((urn) => !pending.some((one) => one.urn === urn))
      .map((urn) => `${urn}: is not pending`),
    ...pending
      .filter(({ urn, isSpent }) => isSpent && typeof found[urn] === 'string')
      .map(({ urn }) => `${urn}: remove it in Oracle Cloud, and write null: what it told is lost`),
  ]
  if (faults.length > 0) throw new Error(faults.join('\n'))
  const { deployment } = exported
  const made = deployment.pending_operations.flatMap(({ type, resource }) => {
    const id = type === 'creating' ? found[resource.urn] : undefined
    return id ? [{ ...resource, id, outputs: resource.inputs ?? {} }] : []
  })
  // What was made to take another's place has its name: the engine ends the other, as it would have next.
  const replaced = deployment.resources.map((resource) =>
    made.some(({ urn }) => urn === resource.urn) ? { ...resource, delete: true } : resource,
  )
  return {
    ...exported,
    deployment: { ...deployment, resources: [...replaced, ...made], pending_operations: [] },
  }
}
