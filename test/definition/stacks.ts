import { type CapturedResource, type Evaluation, evaluate, reveal } from '../../tools/evaluate/index.ts'

export const STACKS = ['dev', 'prod'] as const
export type Stack = (typeof STACKS)[number]

let evaluated: Promise<Record<Stack, Evaluation>> | undefined

/**
 * Both stacks as their program declares them: evaluated once for all test files that one process runs, since it takes
 * seconds. Nobody may change what it yields.
 */
export function evaluateStacks(): Promise<Record<Stack, Evaluation>> {
  evaluated ??= Promise.all(STACKS.map((stack) => evaluate({ stack }))).then(
    ([dev, prod]) => ({ dev, prod }) as Record<Stack, Evaluation>,
  )
  return evaluated
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
