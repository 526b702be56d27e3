import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js'
import engineGrpc from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import engine from '@pulumi/pulumi/proto/engine_pb.js'
import resourceGrpc from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import resource from '@pulumi/pulumi/proto/resource_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import struct from 'google-protobuf/google/protobuf/struct_pb.js'
import { computed, identifier, lookUp, type RandomSource } from './answers.ts'
import { fromWire, reveal, Secret, toWire } from './secret.ts'

type Properties = Record<string, unknown>

/** A resource as the program registered it. Secret values are kept as {@link Secret}. */
export interface CapturedResource {
  urn: string
  /** The identifier that a provider would give; components have none. */
  id: string
  type: string
  name: string
  /** URN of the parent; empty for the stack itself. */
  parent: string
  /** False for components, which exist in the definition alone. */
  custom: boolean
  inputs: Properties
  /** What the program saw: the inputs with what a provider would add; for a component, what it registered. */
  outputs: Properties
  /** URNs. */
  dependencies: string[]
  /** By input, the URNs of the resources that its value comes from. */
  propertyDependencies: Record<string, string[]>
  protect: boolean
  retainOnDelete: boolean
  deleteBeforeReplace: boolean
  /** Paths of inputs whose changes the engine does not carry out. */
  ignoreChanges: string[]
  /** Paths of inputs whose changes replace the resource, whatever its provider can do. */
  replaceOnChanges: string[]
  /** URNs that the resource had before. */
  aliases: string[]
  /** `<URN>::<id>` of the provider, empty where the default one serves. */
  provider: string
}

export interface LogLine {
  severity: 'info' | 'warning' | 'error'
  message: string
  /** URN of the resource that the line is about, or empty. */
  urn: string
}

/** What the program asked a data source. */
export interface LookUp {
  token: string
  answer: Properties
}

export interface Recording {
  resources: Map<string, CapturedResource>
  lookUps: LookUp[]
  logs: LogLine[]
}

/**
 * What the program may use of an engine beyond the least. Transforms, hooks and the like are left out on purpose: the
 * program's runtime then stops a program that uses them, where a recorder that ignored them would record something
 * else than what is deployed. References and output values are left out so that properties stay plain structures.
 */
const FEATURE = 'secrets'

/** By Pulumi's number; its chatter for debugging (0) is left out. */
const SEVERITIES: Record<number, LogLine['severity']> = { 1: 'info', 2: 'warning', 3: 'error' }

/**
 * Plays the engine's two services for one run of a Pulumi program: answers as a successful deployment would, and
 * records what the program registers. It is no engine: providers check nothing, and nothing is compared with a state.
 */
export async function listen(options: { project: string; stack: string; random: RandomSource; preview: boolean }) {
  const recording: Recording = { resources: new Map(), lookUps: [], logs: [] }
  let root = ''

  const register = (request: resource.RegisterResourceRequest) => {
    const type = request.getType()
    const name = request.getName()
    const parent = request.getParent()
    const urn = `urn:pulumi:${options.stack}::${options.project}::${typeChain(parent)}${type}::${name}`
    if (recording.resources.has(urn)) throw new Error(`Duplicate resource URN '${urn}'`)

    const inputs = read(request.getObject())
    const outputs: Properties = { ...inputs }
    // Before the deployment nobody knows what a provider will add.
    const made = request.getCustom() && !options.preview
    if (made) {
      const asked = { urn, name, inputs: reveal(inputs) as Properties, random: options.random }
      Object.assign(outputs, computed(type, asked))
      for (const key of request.getAdditionalsecretoutputsList())
        if (outputs[key] !== undefined && !(outputs[key] instanceof Secret)) outputs[key] = new Secret(outputs[key])
    }
    const id = made ? identifier(type, name, reveal(inputs) as Properties) : ''
    recording.resources.set(urn, {
      urn,
      id,
      type,
      name,
      parent,
      custom: request.getCustom(),
      inputs,
      outputs,
      dependencies: request.getDependenciesList(),
      propertyDependencies: Object.fromEntries(
        [...request.getPropertydependenciesMap().entries()].map(([key, from]) => [key, from.getUrnsList()]),
      ),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      deleteBeforeReplace: request.getDeletebeforereplace(),
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      aliases: request.getAliasurnsList(),
      provider: request.getProvider(),
    })

    const response = new resource.RegisterResourceResponse()
    response.setUrn(urn)
    if (id !== '') response.setId(id)
    response.setObject(write(outputs))
    return response
  }

  // A method that is not here answers UNIMPLEMENTED, by its name, and the program stops.
  const server = new Server()
  server.addService(resourceGrpc.ResourceMonitorService, {
    supportsFeature: unary((request: resource.SupportsFeatureRequest) => {
      const response = new resource.SupportsFeatureResponse()
      response.setHassupport(request.getId() === FEATURE)
      return response
    }),
    registerResource: unary(register),
    registerResourceOutputs: unary((request: resource.RegisterResourceOutputsRequest) => {
      const known = recording.resources.get(request.getUrn())
      if (!known) throw new Error(`outputs for an unknown resource ${request.getUrn()}`)
      known.outputs = read(request.getOutputs())
      return new empty.Empty()
    }),
    invoke: unary((request: resource.ResourceInvokeRequest) => {
      const token = request.getTok()
      const answer = lookUp(token, reveal(read(request.getArgs())) as Properties)
      recording.lookUps.push({ token, answer })
      const response = new resource.ResourceInvokeResponse()
      response.setReturn(write(answer))
      return response
    }),
    signalAndWaitForShutdown: unary(() => new empty.Empty()),
  } as never)
  server.addService(engineGrpc.EngineService, {
    log: unary((request: engine.LogRequest) => {
      const severity = SEVERITIES[request.getSeverity()]
      if (severity) recording.logs.push({ severity, message: request.getMessage(), urn: request.getUrn() })
      return new empty.Empty()
    }),
    setRootResource: unary((request: engine.SetRootResourceRequest) => {
      root = request.getUrn()
      return new engine.SetRootResourceResponse()
    }),
    getRootResource: unary(() => {
      const response = new engine.GetRootResourceResponse()
      response.setUrn(root)
      return response
    }),
    requirePulumiVersion: unary(() => new engine.RequirePulumiVersionResponse()),
  } as never)

  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  )
  return { address: `127.0.0.1:${port}`, recording, close: () => server.forceShutdown() }
}

/** A gRPC method of one question and one answer. What it throws is the error that the program sees. */
function unary<Request, Response>(answer: (request: Request) => Response) {
  return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>) => {
    try {
      reply(null, answer(call.request))
    } catch (error) {
      reply({ code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) })
    }
  }
}

/** The types of a URN's parents, each followed by `$`; the stack's own type is not part of the chain. */
function typeChain(parent: string): string {
  const chain = parent.split('::')[2] ?? ''
  return chain === '' || chain === 'pulumi:pulumi:Stack' ? '' : `${chain}$`
}

function read(properties: struct.Struct | undefined): Properties {
  return fromWire(properties?.toJavaScript() ?? {}) as Properties
}

function write(properties: Properties): struct.Struct {
  return struct.Struct.fromJavaScript(toWire(properties) as Parameters<typeof struct.Struct.fromJavaScript>[0])
}
