import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Evaluation, evaluate, reveal } from '../../tools/evaluate/index.ts'
import { describeWithReference, referenceNames, referenceText } from './shared.ts'

/** The custom resources that both stacks declare, held against the schemas that their operators come with. */

interface Definition {
  spec: {
    group: string
    names: { kind: string }
    versions: { name: string; schema: { openAPIV3Schema: AnySchemaObject } }[]
  }
}

/** What Kubernetes writes into schemas beside JSON Schema, and what it only describes by. */
const WITHOUT_MEANING = ['x-kubernetes-map-type', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'nullable']

/**
 * A structural schema as JSON Schema. The API server drops or refuses fields that it does not know: so does this,
 * except where the schema says that they are kept.
 */
function strict(schema: AnySchemaObject): AnySchemaObject {
  if (schema['x-kubernetes-int-or-string']) return { type: ['integer', 'string'] }
  const { properties, items, additionalProperties, 'x-kubernetes-preserve-unknown-fields': open, ...rest } = schema
  for (const keyword of Object.keys(rest))
    if (WITHOUT_MEANING.includes(keyword) || keyword.startsWith('x-kubernetes-')) delete rest[keyword]
  return {
    ...rest,
    ...(schema.nullable ? { type: [schema.type, 'null'] } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, inner]) => [name, strict(inner as AnySchemaObject)]),
          ),
        }
      : {}),
    ...(items ? { items: strict(items) } : {}),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: strict(additionalProperties) }
      : properties && !open
        ? { additionalProperties: false }
        : {}),
  }
}

/** Validators by `<group>/<version>:<kind>`, as Pulumi writes a custom resource's type. */
function validators(): Map<string, ValidateFunction> {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false })
  return new Map(
    referenceNames('crds').flatMap((file) => {
      const { spec } = parse(referenceText(`crds/${file}`)) as Definition
      return spec.versions.map(({ name, schema }) => {
        const { properties, ...rest } = schema.openAPIV3Schema
        // What is not the kind's own, but of every object.
        const whole = strict({ ...rest, properties: { ...properties, metadata: {} } })
        return [`${spec.group}/${name}:${spec.names.kind}`, ajv.compile(whole)] as const
      })
    }),
  )
}

describeWithReference('custom resources', () => {
  const stacks: Evaluation[] = []
  let known: ReturnType<typeof validators>
  beforeAll(async () => {
    known = validators()
    stacks.push(...(await Promise.all(['dev', 'prod'].map((stack) => evaluate({ stack })))))
  }, 120_000)

  /** What is wrong with every declared resource of a kind that there is a schema for. */
  const faults = ({ resources }: Evaluation) =>
    resources.flatMap(({ type, name, inputs }) => {
      const validate = known.get(type.replace(/^kubernetes:/, ''))
      if (!validate || validate(JSON.parse(JSON.stringify(reveal(inputs))))) return []
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${name}${instancePath} ${message} ${JSON.stringify(params)}`,
      )
    })

  test('are as their operators want them, without a field that these do not know', () => {
    for (const stack of stacks) expect(faults(stack), stack.stack).toEqual([])
  })

  test('are there, of each kind that the platform is made of', () => {
    for (const { resources } of stacks) {
      const kinds = new Set(
        resources.map(({ type }) => type.replace(/^kubernetes:/, '')).filter((type) => known.has(type)),
      )
      expect([...kinds].sort()).toEqual(
        expect.arrayContaining([
          'acid.zalan.do/v1:postgresql',
          'cert-manager.io/v1:Certificate',
          'cert-manager.io/v1:Issuer',
          'rabbitmq.com/v1beta1:RabbitmqCluster',
        ]),
      )
    }
  })

  test('are found wrong where a field is unknown, of the wrong type, or missing', () => {
    const [dev] = stacks
    const cluster = dev?.resources.find(({ type }) => type === 'kubernetes:acid.zalan.do/v1:postgresql')
    if (!dev || !cluster) throw new Error('no PostgreSQL is declared')
    const { spec } = reveal(cluster.inputs) as { spec: { patroni: object; teamId: string } }
    const { teamId: _, ...without } = spec
    const wrong = [
      { ...spec, patroni: { ...spec.patroni, synchronous: true } },
      { ...spec, numberOfInstances: '3' },
      without,
    ].map((spec) => ({ ...cluster, inputs: { ...cluster.inputs, spec } }))
    expect(wrong.map((resource) => faults({ ...dev, resources: [resource] }).length > 0)).toEqual([true, true, true])
  })
})
