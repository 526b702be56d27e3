import { identity, kms, managementagent } from '@pulumi/oci'
import { RandomBytes, RandomPassword, RandomString } from '@pulumi/random'
import { PrivateKey } from '@pulumi/tls'
import { resourceRule, setting } from '../../rule/index.ts'

/** By patterns of names, who rotates secrets of the kind: docs/rotation.md says how, and what happens then. */
const ROTATORS: Record<string, string> = {
  '^kura-passwords-': 'kura:cells.passwords',
  '^kura-data-postgresql-roles-': 'kura:postgresql.passwords',
  '^kura-data-elasticsearch-': 'kura:elasticsearch.passwords',
  '^kura-data-rabbitmq-': 'kura:rabbitmq.passwords',
  '^kura-data-redis-': 'kura:redis.passwords',
  '^kura-data-authority-key-\\d+$': 'kura:keys.authorities',
  '^kura-identity-(keycloak-(client|configuring-\\d+)|proxy-state)$': 'kura:identity.passwords',
  '^kura-identity-proxy-key-\\d+$': 'kura:identity.federation.keys',
  '^kura-identity-handle-admin$': 'an operator, by --replace',
  '^kura-identity-handle-key$': 'nobody: resolvers trust it with the prefix',
  '^kura-storage-\\w+-user-key-\\d+$': 'kura:storage.keys',
  '^kura-keys-\\w+(-rotation-\\d+)?$': 'kura:keys.rotations',
  '^kura-edge-.*-placeholder-key$': 'nobody: trusted by nobody',
  '^kura-alarms-agent-key$': 'an operator, by --replace',
}

export default resourceRule(
  {
    name: 'secret-has-rotator',
    description: 'For every secret that is generated it was decided who rotates it.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura secrets-rotated'],
    settings: {
      rotators: setting(ROTATORS, {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'By patterns of names: the setting that rotates such a secret, or who else does.',
      }),
    },
  },
  [
    RandomPassword,
    RandomString,
    RandomBytes,
    PrivateKey,
    identity.ApiKey,
    identity.AuthToken,
    identity.CustomerSecretKey,
    identity.SmtpCredential,
    kms.Key,
    kms.KeyVersion,
    managementagent.ManagementAgentInstallKey,
  ],
  (_props, tell, { resource, settings }) => {
    if (!Object.keys(settings.rotators).some((pattern) => new RegExp(pattern).test(resource.name)))
      tell({
        lacks: 'rotator',
        write: 'a line of docs/rotation.md for it, and its pattern into the rotators of this rule',
      })
  },
)
