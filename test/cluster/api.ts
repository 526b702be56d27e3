import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Configuration,
  createConfiguration,
  HttpMethod,
  type KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  type RequestContext,
  ServerConfiguration,
} from '@kubernetes/client-node'
import { Agent } from 'undici'

/** An object as it is declared, of whatever kind. */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; [field: string]: unknown }
  [field: string]: unknown
}

/** The API server does not accept an object. */
export class Refused extends Error {
  override name = 'Refused'
  /** The status of its answer. */
  readonly code: number

  constructor(message: string, code: number) {
    super(message)
    this.code = code
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

/** Requests that are under way at one time. */
const AT_ONCE = 16

/** How often something is asked for at most while the API server asks for patience. */
const TRIES = 10

/** Whose fields are applied. */
const MANAGER = 'kura'

/**
 * What speaks to an API server. All of the library's typed clients work with its `settings`: with them they share some
 * connections, where they would otherwise open one for each request.
 */
export class Api extends KubernetesObjectApi {
  readonly settings: Configuration
  readonly #connections: Agent

  constructor(config: KubeConfig) {
    const cluster = config.getCurrentCluster()
    if (!cluster?.caFile) throw new Error('the configuration names no cluster, or no file of its authority')
    const connections = new Agent({ connections: AT_ONCE, connect: { ca: readFileSync(cluster.caFile) } })
    const settings = createConfiguration({
      baseServer: new ServerConfiguration(cluster.server, {}),
      authMethods: {
        default: {
          getName: () => config.getName(),
          async applySecurityAuthentication(context) {
            await config.applySecurityAuthentication(context)
            context.setDispatcher(connections as never)
          },
        },
      },
    })
    super(settings)
    this.settings = settings
    this.#connections = connections
  }

  /**
   * Applies an object as `kubectl apply --server-side --validate=strict` does: a field that the API server does not know
   * is refused. The library's own way drops such fields before they are sent.
   *
   * @param options.dry nothing is kept.
   * @returns the warnings of the API server.
   * @throws Refused in the API server's words.
   */
  async put(object: KubernetesObject, { dry = false } = {}): Promise<string[]> {
    const { warning } = await this.write(object, { manager: MANAGER, force: true, dryRun: dry })
    return warning === undefined ? [] : [warning]
  }

  /**
   * The same by another manager, as its like applies.
   *
   * @returns the object as it is then, and what the API server warns of.
   * @throws Refused in the API server's words.
   */
  protected async write(
    object: KubernetesObject,
    { manager, dryRun = false, force = false }: Applying,
  ): Promise<{ object: KubernetesObject; warning?: string }> {
    const { answer, warning } = await this.ask(HttpMethod.PATCH, object, {
      query: {
        ...{ fieldManager: manager, fieldValidation: 'Strict', force: String(force) },
        ...(dryRun ? { dryRun: 'All' } : {}),
      },
      type: PatchStrategy.ServerSideApply,
      body: object,
    })
    const written = answer as KubernetesObject
    return warning === undefined ? { object: written } : { object: written, warning: `${shown(object)}: ${warning}` }
  }

  /**
   * Asks for something about the object of a name; what the API server answers is not put into the library's classes.
   *
   * @throws Refused in the API server's words.
   */
  protected async ask(
    method: HttpMethod,
    named: KubernetesObject,
    { query = {}, type = 'application/json', body }: { query?: Record<string, string>; type?: string; body?: unknown },
  ): Promise<{ answer: unknown; warning: string | undefined }> {
    const context = this.settings.baseServer.makeRequestContext(await this.#pathOf(named), method)
    context.setHeaderParam('Content-Type', type)
    for (const [key, value] of Object.entries(query)) context.setQueryParam(key, value)
    if (body !== undefined) context.setBody(JSON.stringify(body))
    await this.settings.authMethods.default?.applySecurityAuthentication(context)
    const { status, headers, text } = await this.#send(context)
    const answer = JSON.parse(text) as { message?: string }
    if (status >= 300) throw new Refused(`${shown(named)}: ${answer.message}`, status)
    return { answer, warning: headers.warning }
  }

  /** The library writes a namespace into what it is asked with. */
  async #pathOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
    return await this.specUriPath({ apiVersion, kind, metadata: { ...metadata } } as never, 'patch')
  }

  /** Sends a request, and again while the API server asks for patience, as it does when a kind is new. */
  async #send(context: RequestContext): Promise<{ status: number; headers: Record<string, string>; text: string }> {
    for (let left = TRIES; ; left--) {
      const { httpStatusCode, headers, body } = await this.settings.httpApi.send(context).toPromise()
      const text = await body.text()
      if (httpStatusCode !== 429 || left === 1) return { status: httpStatusCode, headers, text }
      await sleep(Number(headers['retry-after'] ?? 1) * 1000)
    }
  }

  /** Applies objects side by side, and returns the warnings about all. */
  async putAll(objects: KubernetesObject[]): Promise<string[]> {
    const warnings: string[] = []
    await forEach(objects, async (object) => {
      warnings.push(...(await this.put(object)))
    })
    return warnings
  }

  async close(): Promise<void> {
    await this.#connections.close()
  }
}

/** Does something to each, some at a time. The first failure ends it. */
export async function forEach<T>(all: Iterable<T>, act: (one: T) => Promise<void>): Promise<void> {
  const rest = all[Symbol.iterator]()
  const worker = async () => {
    for (let next = rest.next(); !next.done; next = rest.next()) await act(next.value)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** How messages name an object. */
export function shown({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`
}
