import { isDeepStrictEqual } from 'node:util'
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js'
import plugin from '@pulumi/pulumi/proto/plugin_pb.js'
import providerGrpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import provider from '@pulumi/pulumi/proto/provider_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import struct from 'google-protobuf/google/protobuf/struct_pb.js'
import { fromWire, reveal } from '../../../tools/evaluate/secret.ts'
import { fixedInputs } from '../../../tools/review/immutable.ts'
import type { Asked, Properties, StandIn } from './stand-in.ts'

/**
 * Serves a stand-in to the engine that started this process, until that is gone. It is given values without their
 * marks: the engine marks again what comes back under the name of an input that was secret, as it does for all
 * providers that take no marks, and the program's classes name the outputs that are.
 *
 * @returns the port, on the loopback interface.
 */
export async function serve(standIn: StandIn): Promise<number> {
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
  // A method that is not here answers UNIMPLEMENTED: the engine then does without, or says so.
  server.addService(providerGrpc.ResourceProviderService, {
    handshake: unary(() => new provider.ProviderHandshakeResponse()),
    getPluginInfo: unary(() => {
      const response = new plugin.PluginInfo()
      response.setVersion(standIn.version)
      return response
    }),
    getSchema: unary(() => {
      const response = new provider.GetSchemaResponse()
      response.setSchema(JSON.stringify({ name: standIn.name, version: standIn.version }))
      return response
    }),
    checkConfig: unary((request: provider.CheckRequest) => {
      const response = new provider.CheckResponse()
      response.setInputs(request.getNews())
      return response
    }),
    diffConfig: unary((request: provider.DiffRequest) => {
      const changed = changedInputs(read(request.getOldInputs()), read(request.getNews()))
      const fixed = fixedInputs(`pulumi:providers:${standIn.name}`, {})
      return difference({ changed, replaces: changed.filter((input) => fixed.includes(input)) })
    }),
    configure: unary(async (request: provider.ConfigureRequest) => {
      await standIn.configure?.(read(request.getArgs()))
      const response = new provider.ConfigureResponse()
      response.setSupportspreview(true)
      return response
    }),
    check: unary(async (request: provider.CheckRequest) => {
      const { inputs, failures } = await standIn.check({
        ...asked(request),
        inputs: read(request.getNews()),
      })
      const response = new provider.CheckResponse()
      response.setInputs(write(inputs))
      response.setFailuresList(
        failures.map(({ property, reason }) => {
          const failure = new provider.CheckFailure()
          failure.setProperty(property)
          failure.setReason(reason)
          return failure
        }),
      )
      return response
    }),
    diff: unary(async (request: provider.DiffRequest) =>
      difference(
        await standIn.diff({
          ...asked(request),
          inputs: read(request.getNews()),
          oldInputs: read(request.getOldInputs()),
        }),
      ),
    ),
    create: unary(async (request: provider.CreateRequest) => {
      const { id, outputs } = await standIn.create({
        ...asked(request),
        inputs: read(request.getProperties()),
        preview: request.getPreview(),
        timeout: request.getTimeout(),
      })
      const response = new provider.CreateResponse()
      if (!request.getPreview()) response.setId(id)
      response.setProperties(write(outputs))
      return response
    }),
    read: unary(async (request: provider.ReadRequest) => {
      const found = await standIn.read({
        ...asked(request),
        id: request.getId(),
        inputs: read(request.getInputs()),
        outputs: read(request.getProperties()),
      })
      const response = new provider.ReadResponse()
      if (!found) return response
      response.setId(found.id)
      response.setInputs(write(found.inputs))
      response.setProperties(write(found.outputs))
      return response
    }),
    update: unary(async (request: provider.UpdateRequest) => {
      const outputs = await standIn.update({
        ...asked(request),
        id: request.getId(),
        inputs: read(request.getNews()),
        oldInputs: read(request.getOldInputs()),
        old: read(request.getOlds()),
        preview: request.getPreview(),
        timeout: request.getTimeout(),
      })
      const response = new provider.UpdateResponse()
      response.setProperties(write(outputs))
      return response
    }),
    delete: unary(async (request: provider.DeleteRequest) => {
      await standIn.delete({
        ...asked(request),
        id: request.getId(),
        outputs: read(request.getProperties()),
        timeout: request.getTimeout(),
      })
      return new empty.Empty()
    }),
    invoke: unary(async (request: provider.InvokeRequest) => {
      const response = new provider.InvokeResponse()
      response.setReturn(write(await standIn.invoke(request.getTok(), read(request.getArgs()))))
      return response
    }),
    // What has begun is brought to its end: a cloud does not stop either, since somebody here has changed their mind.
    cancel: unary(() => new empty.Empty()),
  } as never)
  endWithParent()
  return await new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  )
}

/** Names of the inputs that are not the same in both. */
export function changedInputs(before: Properties, after: Properties): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .sort()
}

/** The engine ends its plugins when it ends, unless it was killed. */
function endWithParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.exit()
  }, 100)
}

function asked(request: { getUrn(): string; getType(): string; getName(): string }): Asked {
  return { urn: request.getUrn(), type: request.getType(), name: request.getName() }
}

function difference(found: { changed: string[]; replaces: string[]; deleteBeforeReplace?: boolean }) {
  const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges
  const response = new provider.DiffResponse()
  response.setChanges(found.changed.length > 0 ? DIFF_SOME : DIFF_NONE)
  response.setDiffsList(found.changed)
  response.setReplacesList(found.replaces)
  response.setDeletebeforereplace(found.deleteBeforeReplace ?? false)
  return response
}

function read(properties: struct.Struct | undefined): Properties {
  return reveal(fromWire(properties?.toJavaScript() ?? {})) as Properties
}

function write(properties: Properties): struct.Struct {
  // A structure has no place for what is undefined, and neither has JSON.
  return struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)))
}

/** A gRPC method of one question and one answer. What it throws is what the engine reports. */
function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  return async (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>) => {
    try {
      reply(null, await answer(call.request))
    } catch (error) {
      reply({ code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) })
    }
  }
}
