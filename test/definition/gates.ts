import { type CapturedResource, type Evaluation, Secret } from '../../tools/evaluate/index.ts'

/** What must hold for every resource of every stack. Each gate lists what breaks it, so an empty list is a pass. */

/** Marks that a value was used before it was known, or printed where it should have been read. */
const HALF_KNOWN =
  /\bundefined\b|\[object Object\]|Calling \[to\w+\]|\bNaN(?:Mi|m)?\b|04da6b54-80e4-46f7-96ec-b56ff0331ba9/

/** Every text inside a value, with its path; secrets are looked into. */
function* texts(value: unknown, path = ''): Generator<[path: string, text: string]> {
  if (value instanceof Secret) yield* texts(value.value, path)
  else if (typeof value === 'string') yield [path, value]
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      yield [path, key]
      yield* texts(inner, `${path}.${key}`)
    }
}

/** Every text that is a value, not a key, inside a value. */
function values(value: unknown): string[] {
  if (value instanceof Secret) return values(value.value)
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(values) : []
}

/** Texts made from something that was not known. */
export function halfKnown(resources: CapturedResource[]): string[] {
  return resources.flatMap(({ name, inputs, outputs }) =>
    [...texts({ name, inputs, outputs })]
      .filter(([, text]) => HALF_KNOWN.test(text))
      .map(([path, text]) => `${name}${path}: ${text}`),
  )
}

/** Resources that generate a secret, by the class of their type. */
export const GENERATORS = /:(RandomPassword|PrivateKey|CustomerSecretKey|ManagementAgentInstallKey)$/

/**
 * Data sources whose answers are secret, and what of them is. The engine marks no answer: a program that reads one must.
 */
const SECRET_ANSWERS: Record<string, (answer: Record<string, unknown>) => unknown> = {
  // Base64 of text, most often JSON.
  'oci:Secrets/getSecretbundle:getSecretbundle': ({ secretBundleContents }) =>
    (secretBundleContents as { content: string }[]).map(({ content }) => {
      const text = Buffer.from(content, 'base64').toString()
      return [text, /^[[{]/.test(text) ? Object.values(JSON.parse(text)) : []]
    }),
  'oci:ContainerEngine/getClusterKubeConfig:getClusterKubeConfig': ({ content }) => content,
}

/**
 * Where a secret can be read that was generated or looked up: outside what is marked secret, or in a generator that does
 * not mark it.
 */
export function exposed({
  resources,
  outputs,
  lookUps,
  logs,
}: Pick<Evaluation, 'resources' | 'outputs' | 'lookUps' | 'logs'>): string[] {
  const generators = resources.filter(({ type }) => GENERATORS.test(type))
  const marked = (generator: CapturedResource) =>
    Object.values(generator.outputs).filter((value) => value instanceof Secret)
  const secrets = values([generators.map(marked), lookUps.map(({ token, answer }) => SECRET_ANSWERS[token]?.(answer))])
  const unmarkedGenerators = generators
    .filter((generator) => marked(generator).length === 0)
    .map(({ name }) => `${name} does not mark what it generates`)
  const forms = secrets.flatMap((secret) => [
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ])
  // A Secret writes itself as a placeholder, so what is left in the JSON can be read by anyone.
  const readable = [
    ...resources.map((resource) => ({ where: resource.name, text: JSON.stringify(resource) })),
    { where: 'stack outputs', text: JSON.stringify(outputs) },
    ...logs.map(({ message }) => ({ where: 'logs', text: message })),
  ]
  return [
    ...unmarkedGenerators,
    ...readable.filter(({ text }) => forms.some((form) => text.includes(form))).map(({ where }) => where),
  ]
}
