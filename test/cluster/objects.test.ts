import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Declared } from '../../tools/plan/declared.ts'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { forEach, type KubernetesObject, Refused, shown } from './api.ts'
import { declare, type LoadedCluster, startLoaded } from './loaded.ts'
import { objectsOf, podOf } from './objects.ts'

/*
 * Whether a real API server takes the stack's objects. It knows the kinds of others from these others themselves, but for
 * Oracle's IngressClassParameters, whose definition is a stand-in of ours.
 */

/** The evaluation makes certificates up, which the API server reads. */
const MADE_UP = /^Secret [\w/-]+: 299 - "(x509: malformed certificate|tls: failed to find any PEM data.*)"$/

for (const stack of ['dev', 'prod'])
  describeWithReference(stack, () => {
    let declared: Declared
    let objects: KubernetesObject[]
    let cluster: LoadedCluster
    beforeAll(async () => {
      declared = (await declare(stack)).declared
      objects = objectsOf(declared)
      cluster = await startLoaded(declared)
    })
    afterAll(() => cluster?.[Symbol.asyncDispose]())

    const find = (kind: string, name: string) => {
      const found = objects.find((object) => object.kind === kind && object.metadata.name === name)
      if (!found) throw new Error(`no ${kind} ${name} is declared`)
      return found
    }
    /** What the API server says to an object, without keeping it: its reason to refuse it, and its warnings. */
    const answers = async (object: KubernetesObject) => {
      try {
        return { warnings: await cluster.api.put(object, { dry: true }) }
      } catch (error) {
        if (error instanceof Refused) return { code: error.code, said: error.message }
        throw error
      }
    }

    test('every object is accepted without a warning, under strict validation of its fields', () => {
      const kinds = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))
      measured(`objects of ${stack}`, {
        objects: objects.length,
        kinds: kinds.size,
        'control plane started, seconds': cluster.seconds.start,
        'objects applied, seconds': cluster.seconds.load,
      })
      expect(objects.length).toBeGreaterThan(200)
      expect(cluster.warnings.filter((warning) => !MADE_UP.test(warning))).toEqual([])
    })

    test('every pod is accepted as its controller would make it, under the standard that its namespace enforces', async () => {
      const pods = objects.flatMap((object) => podOf(object) ?? [])
      const refused: string[] = []
      await forEach(pods, async (pod) => {
        const answer = await answers(pod)
        if (answer.code !== undefined || answer.warnings.length > 0)
          refused.push(`${shown(pod)} ${JSON.stringify(answer)}`)
      })
      expect(pods.length).toBeGreaterThan(30)
      expect(refused).toEqual([])
    })

    test('a field that its kind does not have is refused, of Kubernetes’ own kinds and of others', async () => {
      const postgresql = find('postgresql', 'kura-data-postgresql')
      const pgpool = find('Deployment', 'kura-data-pgpool')
      const route = objects.find(({ kind }) => kind === 'HTTPRoute') as KubernetesObject
      for (const object of [postgresql, pgpool, route]) {
        expect(await answers(object)).toEqual({ warnings: [] })
        const wrong = { ...object, spec: { ...(object.spec as object), replicated: 2 } }
        expect(await answers(wrong), shown(object)).toMatchObject({ said: expect.stringContaining('replicated') })
      }
    })

    test('a pod of a cell that breaks the restricted standard is refused', async () => {
      const web = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web')
      const pod = podOf(web as KubernetesObject) as KubernetesObject & { spec: object }
      expect(await answers(pod)).toEqual({ warnings: [] })
      for (const fault of [{ hostNetwork: true }, { hostPID: true }, { securityContext: { runAsNonRoot: false } }])
        expect(await answers({ ...pod, spec: { ...pod.spec, ...fault } }), JSON.stringify(fault)).toMatchObject({
          code: 403,
          said: expect.stringContaining('violates PodSecurity'),
        })
    })
  })
