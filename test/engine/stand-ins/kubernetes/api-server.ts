import { setTimeout as sleep } from 'node:timers/promises'
import { ApiException, HttpMethod } from '@kubernetes/client-node'
import { Api, type Applying, type KubernetesObject, Refused, shown } from '../../../cluster/api.ts'

/** What the API server warns of: of Pod Security for the pods of a Deployment, of what is deprecated. */
class Warned extends Error {
  override name = 'Warned'
}

/** An API server as a provider uses it. */
export class ApiServer extends Api {
  /**
   * Server-side apply, with strict validation of fields.
   *
   * @returns the object as it is then.
   * @throws Warned if there is a warning: the object is written then.
   * @throws Refused if it is not, as for a field that is another's and would change (unless by `force`).
   */
  async apply(declared: KubernetesObject, how: Applying): Promise<KubernetesObject> {
    const { object, warning } = await this.write(declared, how)
    if (warning !== undefined) throw new Warned(warning)
    return object
  }

  /** The object of that name, unless there is none, or no such kind. */
  async find(named: KubernetesObject): Promise<KubernetesObject | undefined> {
    return (await nothingIfGone(this.ask(HttpMethod.GET, named, {})))?.answer as KubernetesObject | undefined
  }

  /** Asks for the object's end, after that of all that it owns; which may take its time. */
  async end(named: KubernetesObject): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground' }
    await nothingIfGone(this.ask(HttpMethod.DELETE, named, { body }))
  }

  /** Whether the API server knows the kind, as it does once there is a definition of it. */
  async knows({ apiVersion, kind }: KubernetesObject): Promise<boolean> {
    return (await nothingIfGone(this.resource(apiVersion, kind))) !== undefined
  }

  /**
   * Waits until `reached` says so of the object; it is asked with nothing while there is none.
   *
   * @throws Error after so many seconds, with how far it came.
   */
  async until(
    named: KubernetesObject,
    reached: (object: KubernetesObject | undefined) => boolean | Promise<boolean>,
    { seconds, what }: { seconds: number; what: string },
  ): Promise<void> {
    const end = Date.now() + seconds * 1000
    for (;;) {
      const object = await this.find(named)
      if (await reached(object)) return
      if (Date.now() > end)
        throw new Error(`${shown(named)} has not become ${what} in ${seconds} s: ${JSON.stringify(object?.status)}`)
      await sleep(200)
    }
  }
}

/** The library's words for a kind that no definition made known. */
const UNKNOWN_KIND = /^Unrecognized API version and kind/

async function nothingIfGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    const gone =
      ((error instanceof Refused || error instanceof ApiException) && error.code === 404) ||
      (error instanceof Error && UNKNOWN_KIND.test(error.message))
    if (gone) return undefined
    throw error
  }
}
