import { z } from 'zod'

interface Description {
  description?: string
  properties?: Record<string, Description>
  additionalProperties?: Description | boolean
  items?: Description
}

export interface Problem {
  path: (string | number)[]
  message: string
}

/**
 * What is wrong with a value, one sentence a fault: what was found, what is allowed, and what the place is for where
 * its schema says so. A key that the schema does not know is a fault at that key.
 */
export function problems(schema: z.ZodType, value: unknown): Problem[] {
  const result = schema.safeParse(value)
  if (result.success) return []
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Description
  return result.error.issues.flatMap((issue): Problem[] => {
    const path = issue.path.filter((key) => typeof key !== 'symbol')
    if (issue.code === 'unrecognized_keys') {
      const allowed = Object.keys(describe(root, path)?.properties ?? {}).sort()
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `is not known; allowed here: ${allowed.join(', ')}`,
      }))
    }
    const purpose = describe(root, path)?.description
    const fault = at(value, path) === undefined ? 'is missing' : issue.message
    return [{ path, message: purpose === undefined ? fault : `${fault} (${purpose})` }]
  })
}

function describe(root: Description, path: (string | number)[]): Description | undefined {
  return path.reduce<Description | undefined>((node, key) => {
    if (typeof key === 'number') return node?.items
    const additional = node?.additionalProperties
    return node?.properties?.[key] ?? (typeof additional === 'object' ? additional : undefined)
  }, root)
}

function at(value: unknown, path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (node, key) => (node as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  )
}
