import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { KubeConfig } from '@kubernetes/client-node'
import { type Applying, type KubernetesObject, Refused } from '../../../cluster/api.ts'
import { changedInputs } from '../serve.ts'
import { type Properties, type StandIn, UNKNOWN } from '../stand-in.ts'
import { ApiServer } from './api-server.ts'
import { declaredIn, payload } from './live.ts'
import { untilReady } from './ready.ts'
import { at, type Mutable, replacingInputs } from './replacing.ts'

/**
 * Plays the provider `kubernetes` on a real API server, as far as a stack needs it whose objects all have names
 * of their own: server-side apply by a manager of the object's own, which takes what is another's where it is told to;
 * the real one's waits; ends in the foreground, waited for. Where it differs it is stricter, or says so:
 *
 * - fields are validated strictly and warnings are errors, where the real one shows a warning;
 * - what comes too early (a namespace, a kind that is not there yet) is an error, where the real one tries for half a
 *   minute: the order must be right by itself;
 * - it does not wait ten seconds for the addresses of a Service to settle, and an object that does not become ready in
 *   time is not in the state, so that the next `up` applies it again;
 * - the inputs are in the state once less: the real one keeps them among the outputs too.
 */
export function kubernetes(version: string): StandIn {
  const config = new KubeConfig()
  const mutable: Mutable = { ConfigMap: false, Secret: false }
  let force = false
  let server: ApiServer | undefined
  // Not before something is asked of it: the first deployment makes the cluster alone.
  const api = () => {
    server ??= new ApiServer(config)
    return server
  }

  return {
    name: 'kubernetes',
    version,

    async configure({ kubeconfig, enableConfigMapMutable, enableSecretMutable, enablePatchForce, ...others }) {
      const unknown = Object.keys(others).filter((option) => !OPTIONS.includes(option))
      if (unknown.length > 0) throw new Error(`options that are not played: ${unknown.join(', ')}`)
      config.loadFromString(String(kubeconfig))
      mutable.ConfigMap = String(enableConfigMapMutable) === 'true'
      mutable.Secret = String(enableSecretMutable) === 'true'
      force = String(enablePatchForce) === 'true'
    },

    async check({ inputs }) {
      const { name, annotations = {} } = (inputs.metadata ?? {}) as {
        name?: string
        annotations?: Record<string, string>
      }
      const unplayed = Object.keys(annotations).filter((key) => key.startsWith('pulumi.com/') && key !== SKIP_AWAIT)
      return {
        inputs,
        failures: [
          ...(name === undefined ? [{ property: 'metadata.name', reason: 'names are not made up here' }] : []),
          ...unplayed.map((key) => ({ property: 'metadata.annotations', reason: `${key} is not played` })),
        ],
      }
    },

    async diff({ inputs, oldInputs }) {
      const replaces = replacingInputs(inputs, oldInputs, mutable)
      const same = (path: string) => isDeepStrictEqual(at(inputs, path), at(oldInputs, path))
      return {
        changed: changedInputs(oldInputs, inputs),
        replaces,
        // Its successor cannot come beside it under the same name.
        deleteBeforeReplace: replaces.length > 0 && same('metadata.name') && same('metadata.namespace'),
      }
    },

    async create({ inputs, preview, timeout }) {
      const manager = `pulumi-kubernetes-${randomBytes(4).toString('hex')}`
      // By force: what it replaces may still stand there, another's.
      if (preview) return { id: '', outputs: await previewed(api(), inputs, { manager, force: true }) }
      const live = await applied(api(), inputs, { manager, force }, timeout)
      const { namespace, name } = live.metadata
      return { id: namespace === undefined ? name : `${namespace}/${name}`, outputs: outputsOf(live, manager) }
    },

    async read({ id, inputs, outputs }) {
      const live = await api().find(objectOf(inputs))
      if (!live) return undefined
      return { id, inputs: declaredIn(live, { inputs, before: outputs }), outputs: outputsOf(live, managerOf(outputs)) }
    },

    async update({ inputs, old, preview, timeout }) {
      const by = { manager: managerOf(old), force }
      if (preview) return await previewed(api(), inputs, by)
      return outputsOf(await applied(api(), inputs, by, timeout), by.manager)
    },

    async delete({ outputs, timeout }) {
      const object = objectOf(outputs)
      await api().end(object)
      await api().until(object, (live) => live === undefined, {
        seconds: timeout || patienceForEnd(object),
        what: 'gone',
      })
    },

    async invoke(token) {
      throw new Error(`${token} is not played`)
    },
  }
}

const SKIP_AWAIT = 'pulumi.com/skipAwait'

/** Options of the provider that are nothing to the objects; whether another cluster is meant, the engine asks before. */
const OPTIONS = ['clusterIdentifier', 'version']

/** Under this name the real provider keeps who applied an object. */
const MANAGER = '__fieldManager'

const managerOf = (outputs: Properties) => String(outputs[MANAGER])
const outputsOf = (live: KubernetesObject, manager: string): Properties => ({ ...live, [MANAGER]: manager })
const objectOf = (properties: Properties) => properties as Properties & KubernetesObject

/** Makes an object what the inputs say, and waits until it is. */
async function applied(api: ApiServer, inputs: Properties, by: Applying, timeout: number) {
  const object = payload(inputs)
  const live = await api.apply(object, by)
  if ((object.metadata.annotations as Record<string, string> | undefined)?.[SKIP_AWAIT] === 'true') return live
  await untilReady(api, live, timeout)
  return (await api.find(live)) ?? live
}

/** What the API server would make of it; the inputs, where it cannot tell yet. */
async function previewed(api: ApiServer, inputs: Properties, by: Applying): Promise<Properties> {
  if (JSON.stringify(inputs).includes(UNKNOWN) || !(await api.knows(objectOf(inputs)))) return inputs
  const object = payload(inputs)
  try {
    return withoutStatus(await api.apply(object, { ...by, dryRun: true }))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // Its namespace comes before it, in the same deployment.
    if (error.code === 404) return inputs
    if (!error.message.includes('field is immutable')) throw error
    // It is to be replaced, and its predecessor still stands there.
    const metadata = { ...object.metadata, name: `${object.metadata.name}-${randomBytes(3).toString('hex')}` }
    return {
      ...withoutStatus(await api.apply({ ...object, metadata }, { ...by, dryRun: true })),
      metadata: inputs.metadata,
    }
  }
}

/** What comes of an object once it is there is not known before. */
const withoutStatus = ({ status, ...object }: KubernetesObject): Properties => object

/** Seconds after which the real provider gives up waiting for an object's end. */
const patienceForEnd = ({ kind }: KubernetesObject) => (kind === 'Deployment' || kind === 'StatefulSet' ? 600 : 300)
