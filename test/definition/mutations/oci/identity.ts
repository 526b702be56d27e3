import type { Mutant, Mutations } from '../../mutant.ts'

/** Adds a statement to a policy. */
const allowing = (statement: string) => (stack: Mutant) =>
  stack.change('kura-access-operators-policy', ({ statements }) => statements.push(statement))

/** What a domain asks of passwords; `changed` is weaker. */
const domain = (changed: object) => (stack: Mutant) =>
  stack.add('oci:Identity/domainsPasswordPolicy:DomainsPasswordPolicy', 'kura-domain', {
    minLength: 14,
    minLowerCase: 1,
    minNumerals: 1,
    minSpecialChars: 1,
    minUpperCase: 1,
    numPasswordsInHistory: 24,
    passwordExpiresAfter: 365,
    ...changed,
  })

const USER = 'kura-storage-wal-user'

/** Adds an API key of a user. */
function addKey(stack: Mutant, name: string): void {
  const user = stack.resources.find((resource) => resource.name === `${USER}-user`)
  stack.add('oci:Identity/apiKey:ApiKey', name, {}, { propertyDependencies: { userId: user ? [user.urn] : [] } })
}

export default {
  'administrator-without-api-key': {
    by: (stack) => {
      stack.change(`${USER}-group`, (group) => {
        group.name = 'Administrators'
      })
      addKey(stack, 'kura-key')
    },
    also: ['oci/program-without-api-key', 'kura/secret-has-rotator'],
  },
  'credential-rotates': (stack) =>
    stack.change(`${USER}-key-1`, (key) => {
      key.displayName = `${USER}-key`
    }),
  'default-tags': (stack) => stack.remove('kura-tenancy-costs-environment'),
  'password-policy-expires': domain({ passwordExpiresAfter: 366 }),
  'password-policy-long': (stack) =>
    stack.change('kura-tenancy-passwords', ({ passwordPolicy }) => {
      passwordPolicy.minimumPasswordLength = 13
    }),
  'password-policy-mixed': (stack) =>
    stack.change('kura-tenancy-passwords', ({ passwordPolicy }) => {
      passwordPolicy.isNumericCharactersRequired = false
    }),
  'password-policy-remembers': domain({ numPasswordsInHistory: 23 }),
  'policy-keeps-storage': (stack) =>
    stack.change('kura-access-operators-policy', ({ statements }) => {
      const index = statements.findIndex((text: string) => text.includes(' manage buckets '))
      statements[index] = statements[index].replace("request.permission != 'BUCKET_DELETE', ", '')
    }),
  'policy-names-services': allowing('Allow group Operators to use all-resources in compartment Prod'),
  'policy-names-who': allowing('Allow any-user to read objects in compartment Prod'),
  'policy-not-over-everything': {
    by: allowing('Allow group Operators to manage all-resources in tenancy'),
    also: ['oci/policy-keeps-storage', 'oci/policy-spares-administrators'],
  },
  'policy-readable': allowing('Allow group Operators to own buckets in compartment Prod'),
  'policy-spares-administrators': allowing('Allow group Operators to use groups in tenancy'),
  'program-without-api-key': {
    by: (stack) => addKey(stack, 'kura-key'),
    also: ['kura/secret-has-rotator'],
  },
  'provider-without-private-key': (stack) =>
    stack.change('kura-home', (provider) => {
      provider.privateKey = 'a private key'
    }),
  'resource-in-compartment': (stack) =>
    stack.change('kura-network-nat', (gateway) => {
      gateway.compartmentId = 'ocid1.tenancy.oc1..example'
    }),
  'user-capabilities-used': (stack) =>
    stack.change(`${USER}-capabilities`, (capabilities) => {
      capabilities.canUseApiKeys = true
    }),
  'user-with-address': (stack) =>
    stack.change(`${USER}-user`, (user) => {
      user.email = ''
    }),
  'user-with-one-api-key': {
    by: (stack) => {
      addKey(stack, 'kura-key')
      addKey(stack, 'kura-other-key')
    },
    also: ['oci/program-without-api-key', 'kura/secret-has-rotator'],
  },
  'user-without-password': (stack) =>
    stack.change(`${USER}-capabilities`, (capabilities) => {
      capabilities.canUseConsolePassword = true
    }),
} satisfies Mutations
