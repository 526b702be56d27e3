import { setTimeout as sleep } from 'node:timers/promises'
import { ApiException, HttpMethod, type KubeConfig, KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node'

/** An object as the API server takes and gives it: plain JSON, with all that is in it. */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: {
    name: string
    namespace?: string
    annotations?: Record<string, string>
    labels?: Record<string, string>
    generation?: number
    [field: string]: unknown
  }
  [field: string]: unknown
}

/** By what an object is found. */
export type Named = Pick<KubernetesObject, 'apiVersion' | 'kind'> & {
  metadata: Pick<KubernetesObject['metadata'], 'name' | 'namespace'>
}

/** What the API server warns of, as it words it: of Pod Security for the pods of a Deployment, of what is deprecated. */
export class WarnedError extends Error {
  override name = 'WarnedError'
}

/** What the API server refuses. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  /** HTTP status: 404, 409, 422 ... */
  readonly code: number
  readonly reason: string

  constructor(status: { code: number; reason?: string; message?: string }) {
    super(status.message ?? `refused with ${status.code}`)
    this.code = status.code
    this.reason = status.reason ?? ''
  }
}

/** Who applies, for the API server to keep apart whose each field is. */
export interface Applying {
  manager: string
  /** Nothing is written: the answer is what would be. */
  dryRun?: boolean
  /** Takes fields that are another's, and would change. */
  force?: boolean
}

/**
 * The API server, in objects as they are. The library's own calls leave out whatever their classes do not know, before
 * the API server could complain of it.
 */
export class ApiServer extends KubernetesObjectApi {
  static of(config: KubeConfig): ApiServer {
    return config.makeApiClient(ApiServer)
  }

  /**
   * Server-side apply, with strict validation of fields.
   *
   * @throws WarnedError if there is a warning: the object is written then.
   * @throws RefusedError if it is not, as for a field that is another's and would change (unless by `force`).
   */
  async apply(
    object: KubernetesObject,
    { manager, dryRun = false, force = false }: Applying,
  ): Promise<KubernetesObject> {
    return await this.#ask(HttpMethod.PATCH, object, {
      query: {
        fieldManager: manager,
        fieldValidation: 'Strict',
        force: String(force),
        ...(dryRun ? { dryRun: 'All' } : {}),
      },
      body: object,
      type: PatchStrategy.ServerSideApply,
    })
  }

  /** The object, unless there is none of that name, or no such kind. */
  async find(named: Named): Promise<KubernetesObject | undefined> {
    return await nothingIfGone(this.#ask(HttpMethod.GET, named, {}))
  }

  /**
   * Asks for the object's end, which may take its time.
   *
   * @param propagation whether what it owns ends before it or after it.
   */
  async end(named: Named, propagation: 'Foreground' | 'Background'): Promise<void> {
    await nothingIfGone(
      this.#ask(HttpMethod.DELETE, named, {
        body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: propagation },
      }),
    )
  }

  /** Whether the API server knows the kind, as it does once there is a definition of it. */
  async knows({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Promise<boolean> {
    return (await nothingIfGone(this.resource(apiVersion, kind))) !== undefined
  }

  /** Waits until `reached` says so of the object; it is asked with nothing while there is no object. */
  async until(
    named: Named,
    reached: (object: KubernetesObject | undefined) => boolean | Promise<boolean>,
    { seconds, what }: { seconds: number; what: string },
  ): Promise<KubernetesObject | undefined> {
    const end = Date.now() + seconds * 1000
    for (;;) {
      const object = await this.find(named)
      if (await reached(object)) return object
      if (Date.now() > end)
        throw new Error(`${describe(named)} has not become ${what} in ${seconds} s: ${JSON.stringify(object?.status)}`)
      await sleep(200)
    }
  }

  async #ask(
    method: HttpMethod,
    named: Named,
    { query = {}, body, type = 'application/json' }: { query?: Record<string, string>; body?: unknown; type?: string },
  ): Promise<KubernetesObject> {
    // A kind that is namespaced gets its namespace written into what is asked by: not into the caller's.
    const path = await this.specUriPath({ ...named, metadata: { ...named.metadata } } as never, 'read')
    const context = this.configuration.baseServer.makeRequestContext(path, method)
    context.setHeaderParam('Accept', 'application/json')
    for (const [key, value] of Object.entries(query)) context.setQueryParam(key, value)
    if (body !== undefined) {
      context.setHeaderParam('Content-Type', type)
      context.setBody(JSON.stringify(body))
    }
    await this.configuration.authMethods.default?.applySecurityAuthentication(context)
    const response = await this.configuration.httpApi.send(context).toPromise()
    const text = await response.body.text()
    if (response.httpStatusCode >= 300) throw new RefusedError(statusOf(text, response.httpStatusCode))
    const warning = response.headers.warning
    if (warning !== undefined && method !== HttpMethod.GET) throw new WarnedError(`${describe(named)}: ${warning}`)
    return JSON.parse(text) as KubernetesObject
  }
}

export const describe = ({ apiVersion, kind, metadata: { namespace, name } }: Named) =>
  `${apiVersion} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`

function statusOf(text: string, code: number): { code: number; reason?: string; message?: string } {
  try {
    return { ...(JSON.parse(text) as { reason?: string; message?: string }), code }
  } catch {
    return { code, message: text }
  }
}

/** The library's words for a kind that no definition made known. */
const UNKNOWN_KIND = /^Unrecognized API version and kind/

async function nothingIfGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    const gone =
      ((error instanceof RefusedError || error instanceof ApiException) && error.code === 404) ||
      (error instanceof Error && UNKNOWN_KIND.test(error.message))
    if (gone) return undefined
    throw error
  }
}
