import * as identity from '@pulumi/oci/identity/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { allow, is } from '../operations/statements.ts'
import type { Settings } from '../settings.ts'

/** A key of the S3 protocol. */
export interface S3Key {
  id: pulumi.Output<string>
  secret: pulumi.Output<string>
}

interface S3UserArgs {
  settings: Pick<Settings, 'compartment' | 'tenancyId' | 'storage' | 'zone'>
  /** What the user is there for, as operators read it. */
  purpose: string
  /** Names of the buckets that it may use. */
  buckets: pulumi.Input<string>[]
  /** What it may do with them, as Oracle's IAM calls it. */
  permissions: readonly string[]
}

/** A user of the S3 protocol, which knows no other identities: it may do one thing, by keys that can be exchanged. */
export class S3User extends Component {
  /** The key in use. */
  readonly key: S3Key

  constructor(name: string, args: S3UserArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:S3User', name, options)
    const { settings, purpose, buckets, permissions } = args
    const child = { parent: this }
    const common = {
      compartmentId: settings.tenancyId,
      name: `${name}-${pulumi.getStack()}`,
      freeformTags: this.tags,
    }

    const user = new identity.User(
      this.named('user'),
      // Identity domains ask for an address, and for another one for each user. Nobody reads this one.
      { ...common, description: purpose, email: `${common.name}@${settings.zone}` },
      child,
    )
    const capabilities = new identity.UserCapabilitiesManagement(
      this.named('capabilities'),
      {
        userId: user.id,
        canUseApiKeys: false,
        canUseAuthTokens: false,
        canUseConsolePassword: false,
        canUseCustomerSecretKeys: true,
        canUseSmtpCredentials: false,
      },
      child,
    )
    const group = new identity.Group(this.named('group'), { ...common, description: purpose }, child)
    const membership = new identity.UserGroupMembership(
      this.named('membership'),
      { compartmentId: settings.tenancyId, userId: user.id, groupId: group.id },
      child,
    )
    const policy = new identity.Policy(
      this.named('policy'),
      {
        ...common,
        compartmentId: settings.compartment,
        description: purpose,
        statements: pulumi
          .all([group.id, ...buckets])
          .apply(([id, ...names]) =>
            names.map((bucket) =>
              allow(
                `group id ${id}`,
                `{${permissions.join(', ')}}`,
                settings.compartment,
                is('target.bucket.name', bucket),
              ),
            ),
          ),
      },
      child,
    )

    const keys = settings.storage.keys.map(
      (number) =>
        new identity.CustomerSecretKey(
          this.named(`key-${number}`),
          { displayName: this.named(`key-${number}`), userId: user.id },
          // Whoever is given the key can use it at once.
          { ...child, dependsOn: [capabilities, membership, policy], additionalSecretOutputs: ['key'] },
        ),
    )
    const last = keys.at(-1)
    if (last === undefined) throw new Error('the schema asks for at least one key')
    this.key = { id: last.id, secret: pulumi.secret(last.key) }
    this.registerOutputs({})
  }
}
