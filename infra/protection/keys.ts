import * as identity from '@pulumi/oci/identity/index.js'
import * as kms from '@pulumi/oci/kms/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { allow, is, resource } from '../operations/statements.ts'
import type { Settings } from '../settings.ts'

/** What is encrypted by a key of ours, each by one of its own. */
const KEYS = ['kubernetes', 'volumes', 'files', 'buckets'] as const
export type KeyName = (typeof KEYS)[number]

/** 256 bits. Versions in a hardware module cost nothing up to twenty, and half a dollar a month each after that. */
const AES = { algorithm: 'AES', length: 32 }

const kept = { protect: true, retainOnDelete: true }

interface KeysArgs {
  settings: Pick<Settings, 'compartment' | 'tenancyId' | 'region' | 'keys'>
  /** Provider of the home region, where identities are written. */
  home: pulumi.ProviderResource
}

/**
 * The vault with the keys by which everything stored is encrypted. They lie in a compartment of their own: who runs the
 * platform uses them, and can neither change nor delete them.
 */
export class Keys extends Component {
  /** OCID of the keys' own compartment. */
  readonly compartmentId: pulumi.Output<string>
  readonly vaultId: pulumi.Output<string>
  /** OCIDs, known once the services that encrypt may use the keys: what is made with one can rely on it. */
  readonly ids: Record<KeyName, pulumi.Output<string>>

  constructor(name: string, { settings, home }: KeysArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Keys', name, options)
    const atHome = { parent: this, provider: home }
    const tenancyWide = (suffix: string) => `${this.named(suffix)}-${pulumi.getStack()}`

    const compartment = new identity.Compartment(
      this.named('compartment'),
      {
        name: `${name}-${pulumi.getStack()}`,
        compartmentId: settings.compartment,
        description: 'Keys of Kura, apart from what they encrypt',
        freeformTags: this.tags,
      },
      { ...atHome, ...kept },
    )
    this.compartmentId = compartment.id

    const common = { compartmentId: compartment.id, freeformTags: this.tags }
    const vault = new kms.Vault(
      this.named('vault'),
      { ...common, displayName: this.named('vault'), vaultType: 'DEFAULT' },
      { parent: this, ...kept },
    )
    this.vaultId = vault.id

    const keys = each((use) =>
      this.#key(use, { ...common, managementEndpoint: vault.managementEndpoint }, settings.keys),
    )

    const fileSystems = new identity.DynamicGroup(
      this.named('file-systems'),
      {
        name: tenancyWide('file-systems'),
        compartmentId: settings.tenancyId,
        description: 'File systems of Kura, which read their key',
        matchingRule: `ALL {resource.type = 'filesystem', resource.compartment.id = '${settings.compartment}'}`,
        freeformTags: this.tags,
      },
      atHome,
    )
    const policy = new identity.Policy(
      this.named('users'),
      {
        name: tenancyWide('users'),
        compartmentId: settings.compartment,
        description: 'Services encrypt by the key that is meant for them',
        statements: pulumi
          .all([compartment.id, fileSystems.id, each((use) => keys[use].id)])
          .apply(([within, group, { kubernetes, volumes, files, buckets }]) => {
            const by = (key: string) => is('target.key.id', key)
            const delegate = (type: string) =>
              allow('any-user', 'use key-delegates', within, ...resource(type, settings.compartment), by(volumes))
            return [
              allow('any-user', 'use keys', within, ...resource('cluster', settings.compartment), by(kubernetes)),
              allow('service blockstorage', 'use keys', within, by(volumes)),
              // The cluster asks for pods' volumes, the node pool for nodes' boot volumes.
              delegate('cluster'),
              delegate('nodepool'),
              allow(`dynamic-group id ${group}`, 'use keys', within, by(files)),
              allow(`service objectstorage-${settings.region}`, 'use keys', within, by(buckets)),
            ]
          }),
        freeformTags: this.tags,
      },
      atHome,
    )
    this.ids = each((use) => pulumi.all([keys[use].id, policy.id]).apply(([id]) => id))
    this.registerOutputs({ vaultId: this.vaultId, ids: this.ids })
  }

  /** A key with its versions. Oracle's own rotation needs a vault of one's own, at 2,800 dollars a month. */
  #key(
    use: KeyName,
    common: Pick<kms.KeyArgs, 'compartmentId' | 'freeformTags' | 'managementEndpoint'>,
    { rotations }: Settings['keys'],
  ): kms.Key {
    const key = new kms.Key(
      this.named(use),
      { ...common, displayName: this.named(use), keyShape: AES, protectionMode: 'HSM' },
      { parent: this, ...kept },
    )
    // The newest version encrypts; the others stay, for what they have encrypted.
    let newest: pulumi.Resource = key
    for (let rotation = 1; rotation <= rotations; rotation++)
      newest = new kms.KeyVersion(
        this.named(`${use}-rotation-${rotation}`),
        { keyId: key.id, managementEndpoint: common.managementEndpoint },
        { parent: this, dependsOn: newest, ...kept },
      )
    return key
  }
}

function each<T>(make: (use: KeyName) => T): Record<KeyName, T> {
  return Object.fromEntries(KEYS.map((use) => [use, make(use)])) as Record<KeyName, T>
}
