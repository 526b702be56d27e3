import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { credentials, type MethodDefinition, type ServiceError } from '@grpc/grpc-js'
import analyzerGrpc from '@pulumi/pulumi/proto/analyzer_grpc_pb.js'
import type analyzer from '@pulumi/pulumi/proto/analyzer_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import { configurationOf, type Level, type PackConfig, type PolicyInfo } from './config.ts'
import type { Request } from './requests.ts'

/** A pack that could not run: it did not start, was configured wrongly, or one of its rules threw. */
class PackError extends Error {
  override name = 'PackError'
}

/** What a pack said of a resource. */
export type Diagnostic = Omit<analyzer.AnalyzeDiagnostic.AsObject, 'enforcementlevel'> & { level: Level }

const LEVELS: Level[] = ['advisory', 'mandatory', 'disabled', 'mandatory']
/** Bytes of one message: a stack of hundreds of institutions is larger than gRPC's usual 4 MiB. */
const LARGEST = 400 * 1024 * 1024
/** Resources that are asked about at a time. */
const AT_ONCE = 64

/** A policy pack in a process of its own, driven as Pulumi's engine drives it. */
export class Pack {
  readonly name: string
  readonly policies: PolicyInfo[]
  readonly #client: analyzerGrpc.AnalyzerClient
  readonly #child: ChildProcess
  /** By URN, what was last asked: it is said again as long as nothing of the resource has changed. */
  readonly #asked = new Map<string, { digest: string; said: Promise<Diagnostic[]> }>()

  private constructor(name: string, policies: PolicyInfo[], client: analyzerGrpc.AnalyzerClient, child: ChildProcess) {
    this.name = name
    this.policies = policies
    this.#client = client
    this.#child = child
  }

  /**
   * @param folder the pack's, with its `PulumiPolicy.yaml`
   * @throws PackError if it does not start or refuses its configuration.
   */
  static async open(folder: string, config: PackConfig): Promise<Pack> {
    const name = basename(folder)
    const runner = createRequire(import.meta.url).resolve('@pulumi/pulumi/cmd/run-policy-pack')
    const child = spawn(process.execPath, [runner, '127.0.0.1:1', folder], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, PULUMI_NODEJS_TYPESCRIPT: 'false' },
    })
    let printed = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
    const kill = () => child.kill('SIGKILL')
    process.once('exit', kill)
    child.once('exit', () => process.off('exit', kill))
    const [port] = await Promise.race([
      once(createInterface(child.stdout), 'line') as Promise<string[]>,
      once(child, 'close').then(() => [] as string[]),
    ])
    if (port === undefined) throw new PackError(`the policy pack ${name} did not start: ${printed.trim()}`)

    const client = new analyzerGrpc.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      'grpc.max_receive_message_length': LARGEST,
      'grpc.max_send_message_length': LARGEST,
    })
    try {
      const info = await answer<analyzer.AnalyzerInfo>((done) => client.getAnalyzerInfo(new empty.Empty(), done))
      const policies = info.getPoliciesList().map((policy) => ({
        name: policy.getName(),
        level: LEVELS[policy.getEnforcementlevel()] ?? 'mandatory',
        settings: (policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {}) as PolicyInfo['settings'],
      }))
      const configuration = configurationOf(policies, config)
      await answer<empty.Empty>((done) => client.configure(configuration, done))
      return new Pack(name, policies, client, child)
    } catch (error) {
      kill()
      throw new PackError(`the policy pack ${name}: ${error instanceof Error ? error.message : error}`)
    }
  }

  /**
   * Asks about each of some resources, as before it is made.
   *
   * @throws PackError if a rule throws.
   */
  async analyze(requests: Request[]): Promise<Diagnostic[]> {
    const found: Diagnostic[] = []
    for (let from = 0; from < requests.length; from += AT_ONCE) {
      const answers = requests.slice(from, from + AT_ONCE).map((request) => {
        const { urn, digest } = request
        const last = this.#asked.get(urn)
        if (last?.digest === digest) return last.said
        const said = this.#ask(analyzerGrpc.AnalyzerService.analyze, request)
        this.#asked.set(urn, { digest, said })
        return said
      })
      found.push(...(await Promise.all(answers)).flat())
    }
    return found
  }

  /**
   * Asks about a whole stack, as at its end.
   *
   * @throws PackError if a rule throws.
   */
  analyzeStack(request: Request): Promise<Diagnostic[]> {
    return this.#ask(analyzerGrpc.AnalyzerService.analyzeStack, request)
  }

  close(): void {
    this.#client.close()
    this.#child.kill()
  }

  async #ask({ path, responseDeserialize }: Method, { urn, bytes }: Request): Promise<Diagnostic[]> {
    try {
      const response = await answer<analyzer.AnalyzeResponse>((done) =>
        this.#client.makeUnaryRequest(path, (given: Buffer) => given, responseDeserialize, bytes, done as never),
      )
      return response.getDiagnosticsList().map((diagnostic) => {
        const { enforcementlevel, ...told } = diagnostic.toObject()
        return { ...told, urn: told.urn || urn, level: LEVELS[enforcementlevel] ?? 'mandatory' }
      })
    } catch (error) {
      throw new PackError(
        `the policy pack ${this.name} could not judge ${urn || 'the stack'}: ${(error as Error).message}`,
      )
    }
  }
}

/** A question that a pack answers about a request. */
type Method = Pick<MethodDefinition<unknown, analyzer.AnalyzeResponse>, 'path' | 'responseDeserialize'>

type Done<Response> = (error: ServiceError | null, response: Response) => void

function answer<Response>(call: (done: Done<Response>) => void): Promise<Response> {
  return new Promise((resolve, reject) => call((error, response) => (error ? reject(error) : resolve(response))))
}
