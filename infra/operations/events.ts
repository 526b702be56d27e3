import * as events from '@pulumi/oci/events/index.js'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import type { Alarms } from './alarms.ts'

/** Types of Oracle's events, without the part that all share, by what they tell. */
const TOLD = {
  network: {
    sentence: 'The network has been changed',
    types: [
      ...changes('virtualnetwork', 'vcn', 'subnet', 'drg', 'drgattachment'),
      ...changesAndMoves('virtualnetwork', 'routetable', 'securitylist', 'networksecuritygroup', 'internetgateway'),
      ...changesAndMoves('natgateway', 'natgateway'),
      ...changesAndMoves('virtualnetwork', 'localpeeringgateway').map(onceDeleted),
      ...changesAndMoves('servicegateway', 'servicegateway').map(onceDeleted),
      ...['add', 'update', 'remove'].map((verb) => `virtualnetwork.${verb}networksecuritygroupsecurityrules`),
      'servicegateway.attachserviceid',
      'servicegateway.detachserviceid',
    ],
  },
  keys: {
    sentence: 'A key or the vault will be deleted: what they encrypt is lost on that day',
    types: [
      'keymanagementservice.schedulevaultdeletion.begin',
      'keymanagementservice.schedulekeydeletion.begin',
      'keymanagementservice.schedulekeyversiondeletion.begin',
    ],
  },
  data: {
    sentence: 'Something that holds data has been changed or deleted',
    types: [
      'objectstorage.updatebucket',
      'objectstorage.deletebucket',
      'filestorage.deletefilesystem',
      'blockvolumes.deletevolume.begin',
    ],
  },
}

interface EventsArgs {
  settings: Pick<Settings, 'compartment'>
  alarms: Alarms
}

/** Tells operators of changes to what guards the platform. Changes to identities are told by `Tenancy`. */
export class Events extends Component {
  constructor(name: string, { settings, alarms }: EventsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Events', name, options)
    for (const [suffix, { sentence, types }] of Object.entries(TOLD))
      new events.Rule(
        this.named(suffix),
        {
          compartmentId: settings.compartment,
          displayName: this.named(suffix),
          description: sentence,
          isEnabled: true,
          conditionDetails: ofTypes(types),
          actions: notify(alarms.topicId),
          freeformTags: this.tags,
        },
        { parent: this },
      )
    this.registerOutputs({})
  }
}

/** Types of the events that a resource is made, changed and deleted. */
export function changes(service: string, ...resources: string[]): string[] {
  return resources.flatMap((resource) => ['create', 'update', 'delete'].map((verb) => `${service}.${verb}${resource}`))
}

/** The same, and the events that one is moved to another compartment, where others may change it. */
function changesAndMoves(service: string, ...resources: string[]): string[] {
  return [...changes(service, ...resources), ...resources.map((resource) => `${service}.change${resource}compartment`)]
}

/** Deleting some things takes a while: that they are gone is an event of its own. */
function onceDeleted(type: string): string {
  return type.includes('.delete') ? `${type}.end` : type
}

/** A rule's condition: the event is of one of these types. */
export function ofTypes(types: readonly string[]): events.RuleArgs['conditionDetails'] {
  return { eventTypes: types.map((type) => `com.oraclecloud.${type}`) }
}

/** A rule's action: whoever has subscribed to the topic is told. */
export function notify(topicId: pulumi.Input<string>): events.RuleArgs['actions'] {
  return { action: [{ actionType: 'ONS', isEnabled: true, topicId }] }
}
