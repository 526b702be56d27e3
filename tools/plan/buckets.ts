import type { Declared } from './declared.ts'

/** What is put into a bucket of a purpose: GiB that stand there, or GiB that come every day. */
export type Filling = { stands: number } | { daily: number }

/** GiB that a bucket holds in each tier, once its rules have moved and deleted what they should. */
export interface Filled {
  bucket: string
  part: string
  standard: number
  archived: number
}

interface Lifecycle {
  bucket: string
  rules: { action: string; target: string; timeAmount: string; timeUnit: string }[]
}

/** Days that objects stay where no rule deletes them: for comparison, not for ever. */
const DAYS_WITHOUT_RULE = 365

const DAYS: Record<string, number> = { DAYS: 1, YEARS: 365 }

/**
 * The declared buckets with what is in them.
 *
 * @param fillings by purpose, the last word of a bucket's name in the definition; a replica has its original's
 */
export function readBuckets(declared: Declared, fillings: Record<string, Filling>): Filled[] {
  const rules = new Map(
    declared
      .of<Lifecycle>('oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy')
      .map(({ inputs }) => [inputs.bucket, inputs.rules]),
  )
  const originals = new Map(
    declared
      .of<{ bucket: string; destinationBucketName: string }>('oci:ObjectStorage/replicationPolicy:ReplicationPolicy')
      .map(({ inputs }) => [inputs.destinationBucketName, inputs.bucket]),
  )
  /** Days after which a rule does this to objects. */
  const after = (bucket: string, action: string) => {
    const rule = rules.get(bucket)?.find((one) => one.action === action && one.target === 'objects')
    return rule && Number(rule.timeAmount) * (DAYS[rule.timeUnit] ?? 1)
  }
  return declared.of<{ name: string }>('oci:ObjectStorage/bucket:Bucket').flatMap(({ resource, inputs: { name } }) => {
    const filling = fillings[resource.name.split('-').at(-1) ?? '']
    if (filling === undefined) return []
    const held = { bucket: resource.name, part: declared.part(resource) }
    if ('stands' in filling) return [{ ...held, standard: filling.stands, archived: 0 }]
    // What is deleted at the source is deleted in the copy.
    const kept = after(originals.get(name) ?? name, 'DELETE') ?? DAYS_WITHOUT_RULE
    const fresh = Math.min(kept, after(name, 'ARCHIVE') ?? kept)
    return [{ ...held, standard: filling.daily * fresh, archived: filling.daily * (kept - fresh) }]
  })
}
