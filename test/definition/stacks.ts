import { type CapturedResource, type Evaluation, evaluate, reveal } from '../../tools/evaluate/index.ts'

export const STACKS = ['dev', 'prod'] as const
export type Stack = (typeof STACKS)[number]

/** Both stacks as their program declares them; evaluated once in a test file, by its `beforeAll`. */
export async function evaluateStacks(): Promise<Record<Stack, Evaluation>> {
  const [dev, prod] = await Promise.all([evaluate({ stack: 'dev' }), evaluate({ stack: 'prod' })])
  return { dev, prod }
}

/** The inputs of all resources of a type, with secrets opened. */
export function inputsOf<T>({ resources }: Pick<Evaluation, 'resources'>, type: string): T[] {
  return resources.filter((resource) => resource.type === type).map((resource) => opened<T>(resource))
}

/** The inputs of a resource, with secrets opened. */
export function opened<T>({ inputs }: CapturedResource): T {
  return reveal(inputs) as T
}

/**
 * A resource by its name.
 *
 * @throws Error if it is not declared.
 */
export function named({ resources }: Pick<Evaluation, 'resources'>, name: string): CapturedResource {
  const found = resources.find((resource) => resource.name === name)
  if (!found) throw new Error(`${name} is not declared`)
  return found
}
