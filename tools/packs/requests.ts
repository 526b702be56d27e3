import { createHash } from 'node:crypto'
import analyzer from '@pulumi/pulumi/proto/analyzer_pb.js'
import struct from 'google-protobuf/google/protobuf/struct_pb.js'
import { type CapturedResource, reveal } from '../evaluate/index.ts'

/** A question as it goes over the wire: made once for all packs, since making it takes longer than sending it. */
export interface Request {
  /** URN of the resource that it is about; empty for the stack. */
  urn: string
  bytes: Buffer
  /** The same for the same question. */
  digest: string
}

export function wired(message: analyzer.AnalyzeRequest | analyzer.AnalyzeStackRequest): Request {
  const bytes = Buffer.from(message.serializeBinary())
  const urn = 'getUrn' in message ? message.getUrn() : ''
  return { urn, bytes, digest: createHash('sha256').update(bytes).digest('base64') }
}

/** What the engine asks a pack before a resource is made: about its inputs, with secrets opened. */
export function requestFor(resource: CapturedResource): analyzer.AnalyzeRequest {
  const request = new analyzer.AnalyzeRequest()
  request.setType(resource.type)
  request.setName(resource.name)
  request.setUrn(resource.urn)
  request.setProperties(propertiesOf(resource.inputs))
  request.setOptions(optionsOf(resource))
  return request
}

/** What the engine asks a pack at the end: about everything that the resources of the stack have become. */
export function stackRequestFor(resources: CapturedResource[]): analyzer.AnalyzeStackRequest {
  const request = new analyzer.AnalyzeStackRequest()
  request.setResourcesList(
    resources.map((resource) => {
      const described = new analyzer.AnalyzerResource()
      described.setType(resource.type)
      described.setName(resource.name)
      described.setUrn(resource.urn)
      described.setProperties(propertiesOf(resource.outputs))
      described.setOptions(optionsOf(resource))
      described.setParent(resource.parent)
      described.setDependenciesList(resource.dependencies)
      const map = described.getPropertydependenciesMap()
      for (const [key, urns] of Object.entries(resource.propertyDependencies)) {
        const from = new analyzer.AnalyzerPropertyDependencies()
        from.setUrnsList(urns)
        map.set(key, from)
      }
      return described
    }),
  )
  return request
}

function propertiesOf(properties: Record<string, unknown>): struct.Struct {
  // A structure has no place for what is undefined, and neither has JSON.
  return struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(reveal(properties))))
}

function optionsOf({ protect, ignoreChanges, deleteBeforeReplace, aliases, parent }: CapturedResource) {
  const options = new analyzer.AnalyzerResourceOptions()
  options.setProtect(protect)
  options.setIgnorechangesList(ignoreChanges)
  options.setDeletebeforereplace(deleteBeforeReplace)
  options.setDeletebeforereplacedefined(deleteBeforeReplace)
  options.setAliasesList(aliases)
  options.setParent(parent)
  return options
}
