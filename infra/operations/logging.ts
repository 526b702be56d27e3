import * as logging from '@pulumi/oci/logging/index.js'
import * as sch from '@pulumi/oci/sch/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Edge } from '../edge/index.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'
import { BUCKETS, type BucketName } from '../storage/buckets.ts'
import type { Storage } from '../storage/index.ts'
import type { Access } from './access.ts'

/** Days that the log of everything is kept, the least that there is: its archive is the bucket. */
const BUFFER = 30

/** A file of the archive is closed when it has this many MB, or after this many milliseconds. */
const BATCH = { batchRolloverSizeInMbs: 100, batchRolloverTimeInMs: 420_000 }

/** Every container's log on a node, in the format that kubelet's runtime writes (CRI). */
const CONTAINERS = {
  sourceType: 'LOG_TAIL',
  name: 'containers',
  paths: ['/var/log/containers/*.log'],
  parser: { parserType: 'CRI', isMergeCriFields: true },
}

/** The gateway and the application write a line of JSON for each entry: its fields become fields of `json`. */
const JSON_LINES = {
  name: 'json-lines',
  filterType: 'PARSER_FILTER',
  keyName: 'message',
  parser: { parserType: 'JSON' },
  hashValueField: 'json',
  // Others write plain lines, which stay as they are.
  reserveData: true,
  reserveTime: true,
  emitInvalidRecordToError: false,
}

interface LoggingArgs {
  settings: Pick<Settings, 'compartment' | 'logging'>
  network: Network
  storage: Storage
  edge: Edge
  access: Access
}

/** Logs: everything to the archive, lines with the set keywords to where they can be searched. */
export class Logging extends Component {
  constructor(name: string, args: LoggingArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Logging', name, options)
    const { settings, network, storage, edge, access } = args
    const child = { parent: this }
    const common = { compartmentId: settings.compartment, freeformTags: this.tags }
    const { keywords, searchable } = settings.logging

    const group = new logging.LogGroup(
      this.named('group'),
      { ...common, displayName: this.named('group'), description: 'What containers write' },
      child,
    )
    const log = (suffix: string, retentionDuration: number) =>
      new logging.Log(
        this.named(suffix),
        {
          displayName: this.named(suffix),
          freeformTags: this.tags,
          logGroupId: group.id,
          logType: 'CUSTOM',
          isEnabled: true,
          retentionDuration,
        },
        child,
      )
    const everything = log('everything', BUFFER)
    const found = log('keywords', searchable)

    // A connector cannot write to a log, so the agents send each line of both logs themselves.
    const collect = (
      suffix: string,
      description: string,
      to: logging.Log,
      filters: (typeof JSON_LINES | ReturnType<typeof linesWith>)[],
    ) =>
      new logging.UnifiedAgentConfiguration(
        this.named(suffix),
        {
          ...common,
          displayName: this.named(suffix),
          description,
          isEnabled: true,
          groupAssociation: { groupLists: [access.nodesGroupId] },
          serviceConfiguration: {
            configurationType: 'LOGGING',
            sources: [CONTAINERS],
            unifiedAgentConfigurationFilters: filters,
            destination: { logObjectId: to.id },
          },
        },
        child,
      )
    collect('collect-everything', 'Every line of every container', everything, [JSON_LINES])
    collect('collect-keywords', 'Lines that can be searched', found, [linesWith(keywords), JSON_LINES])

    const archive = (
      suffix: string,
      description: string,
      logGroups: { logGroupId: pulumi.Input<string>; logId?: pulumi.Input<string> }[],
    ) =>
      new sch.Connector(
        this.named(suffix),
        {
          ...common,
          displayName: this.named(suffix),
          description,
          source: {
            kind: 'logging',
            logSources: logGroups.map((source) => ({ compartmentId: settings.compartment, ...source })),
          },
          target: {
            kind: 'objectStorage',
            bucket: storage.stores.logs.bucket,
            objectNamePrefix: suffix.replace('archive-', ''),
            ...BATCH,
          },
        },
        child,
      )
    archive('archive-containers', 'What containers write', [{ logGroupId: group.id, logId: everything.id }])
    archive('archive-network', 'Connections of the network, requests at the load balancers, what the WAF refused', [
      { logGroupId: network.flowLogGroupId },
      { logGroupId: this.#doors(settings, edge) },
    ])
    const { logs: _itself, ...written } = this.#writes(settings, storage)
    // Not what is written to the archive itself: each file of the archive would make another one.
    archive('archive-buckets', 'Who has written to buckets', Object.values(written))
    // The keys lie in a compartment below.
    archive('archive-audit', 'Who changed what in Oracle Cloud', [{ logGroupId: '_Audit_Include_Subcompartment' }])

    const search = (suffix: string, description: string, where: logging.Log, steps: string) =>
      new logging.LogSavedSearch(
        this.named(suffix),
        {
          ...common,
          name: this.named(suffix),
          description,
          query: pulumi.interpolate`search "${settings.compartment}/${group.id}/${where.id}" | ${steps}`,
        },
        child,
      )
    search('search-latest', 'The latest lines with a keyword', found, 'sort by datetime desc')
    search(
      'search-containers',
      'Which containers write lines with a keyword, and how many',
      found,
      'summarize count() as lines by data.tailed_path | sort by lines desc',
    )
    search(
      'search-failed-requests',
      "Readers' requests that the gateway answered with 5xx, of the last days",
      everything,
      'where data.json.response_code >= 500 | sort by datetime desc',
    )
    this.registerOutputs({})
  }

  /** What load balancers and firewalls log, which they do only where a log asks for it. */
  #doors({ compartment }: Pick<Settings, 'compartment'>, edge: Edge): pulumi.Output<string> {
    const child = { parent: this }
    const group = new logging.LogGroup(
      this.named('doors'),
      {
        compartmentId: compartment,
        freeformTags: this.tags,
        displayName: this.named('doors'),
        description: 'Requests at the load balancers, and what the firewalls refused',
      },
      child,
    )
    for (const door of [...edge.doors.values(), edge.identity])
      for (const [service, category, resource] of [
        ['loadbalancer', 'access', door.loadBalancerId],
        ['loadbalancer', 'error', door.loadBalancerId],
        ['waf', 'all', door.firewallId],
      ] as const) {
        const name = this.named(`${door.name.replace('kura-', '')}-${service}-${category}`)
        new logging.Log(
          name,
          {
            displayName: name,
            freeformTags: this.tags,
            logGroupId: group.id,
            logType: 'SERVICE',
            isEnabled: true,
            retentionDuration: BUFFER,
            configuration: {
              compartmentId: compartment,
              source: { sourceType: 'OCISERVICE', service, category, resource },
            },
          },
          child,
        )
      }
    return group.id
  }

  /** What is written to each bucket, and by whom. */
  #writes({ compartment }: Pick<Settings, 'compartment'>, storage: Storage) {
    const child = { parent: this }
    const { id: logGroupId } = new logging.LogGroup(
      this.named('buckets'),
      {
        compartmentId: compartment,
        freeformTags: this.tags,
        displayName: this.named('buckets'),
        description: 'Who has written to buckets',
      },
      child,
    )
    const write = (bucket: BucketName) => {
      const name = this.named(`bucket-${bucket}`)
      const { id: logId } = new logging.Log(
        name,
        {
          displayName: name,
          freeformTags: this.tags,
          logGroupId,
          logType: 'SERVICE',
          isEnabled: true,
          retentionDuration: BUFFER,
          configuration: {
            compartmentId: compartment,
            source: {
              sourceType: 'OCISERVICE',
              service: 'objectstorage',
              category: 'write',
              resource: storage.buckets[bucket],
            },
          },
        },
        child,
      )
      return [bucket, { logGroupId, logId }] as const
    }
    return Object.fromEntries(BUCKETS.map(write)) as Record<BucketName, ReturnType<typeof write>[1]>
  }
}

/** Lets lines pass that have one of the words, in any case. */
export function linesWith(words: string[]) {
  const any = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)).join('|')
  return { name: 'keywords', filterType: 'GREP_FILTER', allowLists: [{ key: 'message', pattern: `(?i:${any})` }] }
}
