import * as bastion from '@pulumi/oci/bastion/index.js'
import * as identity from '@pulumi/oci/identity/index.js'
import * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Keys } from '../protection/keys.ts'
import type { Settings } from '../settings.ts'
import type { Storage } from '../storage/index.ts'
import { AUTOSCALER, COMPARISON, GRANTS, type Grant, type Scope } from './grants.ts'
import { allowInTenancy } from './statements.ts'

interface AccessArgs {
  settings: Pick<Settings, 'compartment' | 'tenancyId' | 'tenancy' | 'bastion' | 'zone' | 'pools' | 'kubernetes'>
  network: Network
  cluster: Cluster
  storage: Storage
  keys: Keys
  /** Provider of the home region, where identities are written. */
  home: pulumi.ProviderResource
}

/**
 * Who may do what: the groups of people and of machines, a policy for each kind, and the Bastion, which is the only way
 * in. Nobody here may change identities or keys: that takes an administrator of the tenancy.
 */
export class Access extends Component {
  /** OCID of the dynamic group of the cluster's nodes. */
  readonly nodesGroupId: pulumi.Output<string>
  /** OCID of the Bastion. */
  readonly bastionId: pulumi.Output<string>
  readonly #home: pulumi.CustomResourceOptions
  readonly #tenancy: string

  constructor(name: string, args: AccessArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Access', name, options)
    const { settings, network, cluster, storage, keys, home } = args
    const { compartment } = settings
    this.#home = { parent: this, provider: home }
    this.#tenancy = settings.tenancyId

    // The compartment holds no other instances than nodes.
    this.nodesGroupId = this.#machines('nodes', 'Nodes of the cluster', `instance.compartment.id = '${compartment}'`)
    const within = `resource.compartment.id = '${compartment}'`
    const scope: pulumi.Output<Scope> = pulumi.output({
      compartment,
      keys: keys.compartmentId,
      cluster: cluster.id,
      logs: storage.buckets.logs,
      zone: settings.zone,
      signing: settings.kubernetes.signedImages,
      operators: this.#group('operators', 'Operators of Kura'),
      reviewers: this.#group('reviewers', 'Reviewers of changes to Kura'),
      nodes: this.nodesGroupId,
      agents: this.#machines(
        'agents',
        'Agents that push metrics',
        `ALL {resource.type = 'managementagent', ${within}}`,
      ),
      pipelines: this.#machines(
        'pipelines',
        'Pipelines that build and deploy',
        `ALL {ANY {resource.type = 'devopsbuildpipeline', resource.type = 'devopsdeploypipeline', resource.type = 'devopsconnection'}, ${within}}`,
      ),
    })

    const grants: Record<string, Grant> = {
      ...GRANTS,
      ...(settings.pools.web.most === undefined ? {} : { autoscaler: AUTOSCALER }),
    }
    for (const [suffix, { sentence, statements }] of Object.entries(grants))
      this.#policy(suffix, compartment, sentence, scope.apply(statements))
    // The root alone can hold it: users and groups lie nowhere else.
    const compare = (suffix: string, rights: string[]) =>
      this.#policy(
        suffix,
        settings.tenancyId,
        COMPARISON.sentence,
        scope.apply(({ operators, pipelines }) =>
          [`group id ${operators}`, `dynamic-group id ${pipelines}`].flatMap((who) =>
            rights.map((may) => allowInTenancy(who, may)),
          ),
        ),
      )
    compare('comparison', COMPARISON.always)
    if (settings.tenancy === 'manage') compare('comparison-of-tenancy', COMPARISON.managing)

    this.bastionId = new bastion.Bastion(
      this.named('bastion'),
      {
        // Letters and digits alone are allowed.
        name: this.#unique('bastion').replaceAll('-', ''),
        compartmentId: compartment,
        bastionType: 'STANDARD',
        targetSubnetId: network.subnetIds.bastion,
        clientCidrBlockAllowLists: settings.bastion.clients,
        maxSessionTtlInSeconds: settings.bastion.session * 60,
        // Lets one session reach every private address, as a proxy (SOCKS5) that resolves names inside the network.
        dnsProxyStatus: 'ENABLED',
        freeformTags: this.tags,
      },
      { parent: this },
    ).id
    this.registerOutputs({ bastionId: this.bastionId })
  }

  /** A name of its own in the tenancy, which all stacks share. */
  #unique(suffix: string): string {
    return `${this.named(suffix)}-${pulumi.getStack()}`
  }

  #policy(suffix: string, compartmentId: string, description: string, statements: pulumi.Output<string[]>) {
    new identity.Policy(
      this.named(`${suffix}-policy`),
      { name: this.#unique(suffix), compartmentId, description, statements, freeformTags: this.tags },
      this.#home,
    )
  }

  #group(suffix: string, description: string): pulumi.Output<string> {
    return new identity.Group(
      this.named(`${suffix}-group`),
      { name: this.#unique(suffix), compartmentId: this.#tenancy, description, freeformTags: this.tags },
      this.#home,
    ).id
  }

  #machines(suffix: string, description: string, matchingRule: string): pulumi.Output<string> {
    return new identity.DynamicGroup(
      this.named(`${suffix}-group`),
      { name: this.#unique(suffix), compartmentId: this.#tenancy, description, matchingRule, freeformTags: this.tags },
      this.#home,
    ).id
  }
}
