import administratorWithoutApiKey from './administrator-without-api-key.ts'
import credentialRotates from './credential-rotates.ts'
import defaultTags from './default-tags.ts'
import passwordPolicyExpires from './password-policy-expires.ts'
import passwordPolicyLong from './password-policy-long.ts'
import passwordPolicyMixed from './password-policy-mixed.ts'
import passwordPolicyRemembers from './password-policy-remembers.ts'
import policyKeepsStorage from './policy-keeps-storage.ts'
import policyNamesServices from './policy-names-services.ts'
import policyNamesWho from './policy-names-who.ts'
import policyNotOverEverything from './policy-not-over-everything.ts'
import policyReadable from './policy-readable.ts'
import policySparesAdministrators from './policy-spares-administrators.ts'
import programWithoutApiKey from './program-without-api-key.ts'
import providerWithoutPrivateKey from './provider-without-private-key.ts'
import resourceInCompartment from './resource-in-compartment.ts'
import userCapabilitiesUsed from './user-capabilities-used.ts'
import userWithAddress from './user-with-address.ts'
import userWithOneApiKey from './user-with-one-api-key.ts'
import userWithoutPassword from './user-without-password.ts'

export default [
  administratorWithoutApiKey,
  credentialRotates,
  defaultTags,
  passwordPolicyExpires,
  passwordPolicyLong,
  passwordPolicyMixed,
  passwordPolicyRemembers,
  policyKeepsStorage,
  policyNamesServices,
  policyNamesWho,
  policyNotOverEverything,
  policyReadable,
  policySparesAdministrators,
  programWithoutApiKey,
  providerWithoutPrivateKey,
  resourceInCompartment,
  userCapabilitiesUsed,
  userWithAddress,
  userWithOneApiKey,
  userWithoutPassword,
]
