/** Paths at which the proxy is reached: as service provider of the federation, and as identity provider of Keycloak. */
export const PATHS = { federation: 'federation', login: 'login' }

/** Where the proxy's pod mounts what it reads. */
export const PLACES = {
  configuration: '/etc/satosa',
  keys: '/etc/satosa-keys',
  metadata: '/var/lib/federation',
}

/** The file of the federation's metadata, as `federation.py` writes it. */
export const FEDERATION = `${PLACES.metadata}/federation.xml`
/** Keycloak's own metadata, which tells the proxy where its answers may go. */
const KEYCLOAK = 'keycloak.xml'

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const BINDING = {
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
}

/** What federations say of a person, by the names of eduPerson and inetOrgPerson. */
export const ATTRIBUTES = [
  'mail',
  'givenName',
  'sn',
  'displayName',
  'eduPersonPrincipalName',
  'eduPersonScopedAffiliation',
] as const
/** Those that end in an institution's domain, which only that institution may give. */
const SCOPED = ['eduPersonPrincipalName', 'eduPersonScopedAffiliation']

interface SatosaArgs {
  /** Address of the proxy, without a slash at the end. */
  base: string
  /** Address of the service by which people choose their institution. */
  discovery: string
  /** Numbers of the key pairs that are valid; the last is in use. */
  keys: number[]
  /** Encrypts the cookie in which the proxy keeps a login that is under way. */
  stateKey: string
}

/**
 * The proxy's configuration (SATOSA). It keeps nothing: what it must remember of a login travels in an encrypted cookie,
 * so that any replica may take the next step.
 */
export function satosa({ base, discovery, keys, stateKey }: SatosaArgs) {
  const pair = (key: number | undefined) => ({
    key_file: `${PLACES.keys}/${key}.key`,
    cert_file: `${PLACES.keys}/${key}.crt`,
  })
  const common = {
    ...pair(keys.at(-1)),
    signing_algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    digest_algorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    accepted_time_diff: 60,
  }
  const names = { name: 'Kura', description: 'Institutional repositories' }

  const backend = {
    name: PATHS.federation,
    module: 'satosa.backends.saml2.SAMLBackend',
    config: {
      disco_srv: discovery,
      entityid_endpoint: true,
      enable_metadata_reload: true,
      sp_config: {
        ...common,
        ...names,
        entityid: entityIds(base).serviceProvider,
        // While keys change, the federation's members encrypt for either.
        encryption_keypairs: keys.map(pair),
        metadata: { local: [FEDERATION] },
        service: {
          sp: {
            // Requests are not signed: so no member needs to learn a new key before it is used.
            authn_requests_signed: false,
            // Another replica may have sent the request. The answer must bring the state of the person's own cookie.
            allow_unsolicited: true,
            want_response_signed: false,
            want_assertions_or_response_signed: true,
            name_id_format: [PERSISTENT],
            required_attributes: ['eduPersonPrincipalName'],
            optional_attributes: ATTRIBUTES.filter((name) => name !== 'eduPersonPrincipalName'),
            endpoints: {
              assertion_consumer_service: [[`${base}/${PATHS.federation}/acs/post`, BINDING.post]],
              discovery_response: [
                [`${base}/${PATHS.federation}/disco`, 'urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol'],
              ],
            },
          },
        },
      },
    },
  }
  const frontend = {
    name: PATHS.login,
    module: 'satosa.frontends.saml2.SAMLFrontend',
    config: {
      entityid_endpoint: true,
      endpoints: { single_sign_on_service: { [BINDING.post]: 'sso/post', [BINDING.redirect]: 'sso/redirect' } },
      idp_config: {
        ...common,
        ...names,
        entityid: entityIds(base).identityProvider,
        metadata: { local: [`${PLACES.configuration}/${KEYCLOAK}`] },
        service: {
          idp: {
            endpoints: { single_sign_on_service: [] },
            want_authn_requests_signed: false,
            name_id_format: [PERSISTENT],
            policy: {
              default: {
                lifetime: { minutes: 5 },
                attribute_restrictions: null,
                name_form: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
                sign_response: true,
                sign_assertion: true,
                encrypt_assertion: false,
              },
            },
          },
        },
      },
    },
  }
  const microServices = [
    {
      name: 'scopes',
      module: 'satosa.micro_services.attribute_modifications.FilterAttributeValues',
      config: {
        attribute_filters: {
          '': { '': Object.fromEntries(SCOPED.map((name) => [name, { shibmdscope_match_scope: null }])) },
        },
      },
    },
    {
      // An identifier is unique at one institution alone: two may give the same, and one may give another's on purpose.
      name: 'identifier',
      module: 'satosa.micro_services.primary_identifier.PrimaryIdentifier',
      config: {
        primary_identifier: 'identifier',
        replace_subject_id: true,
        clear_input_attributes: false,
        ordered_identifier_candidates: [
          { attribute_names: ['name_id'], name_id_format: PERSISTENT, add_scope: 'issuer_entityid' },
          { attribute_names: ['eduPersonPrincipalName'], add_scope: 'issuer_entityid' },
        ],
      },
    },
  ]
  return {
    BASE: base,
    COOKIE_STATE_NAME: 'kura_federation',
    CONTEXT_STATE_DELETE: true,
    STATE_ENCRYPTION_KEY: stateKey,
    INTERNAL_ATTRIBUTES: {
      attributes: Object.fromEntries(ATTRIBUTES.map((name) => [name, { saml: [name] }])),
    },
    BACKEND_MODULES: [backend],
    FRONTEND_MODULES: [frontend],
    MICRO_SERVICES: microServices,
    LOGGING: {
      version: 1,
      formatters: { line: { format: '%(asctime)s %(levelname)s %(name)s %(message)s' } },
      handlers: { stdout: { class: 'logging.StreamHandler', stream: 'ext://sys.stdout', formatter: 'line' } },
      root: { level: 'INFO', handlers: ['stdout'] },
    },
  }
}

/** By what names federation and Keycloak know the proxy; its metadata stands at these addresses. */
export function entityIds(base: string) {
  return {
    serviceProvider: `${base}/${PATHS.federation}/metadata`,
    identityProvider: `${base}/${PATHS.login}/metadata`,
  }
}

/** Where Keycloak sends people to. */
export function singleSignOn(base: string): string {
  return `${base}/${PATHS.federation}/sso/post`
}

/** `keycloak.xml`: Keycloak as a service provider, which takes answers at one address and nowhere else. */
export function keycloakMetadata(entityId: string, endpoint: string): Record<string, string> {
  return {
    [KEYCLOAK]: `<?xml version="1.0" encoding="UTF-8"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" WantAssertionsSigned="true">
    <NameIDFormat>${PERSISTENT}</NameIDFormat>
    <AssertionConsumerService index="0" isDefault="true" Binding="${BINDING.post}" Location="${endpoint}"/>
  </SPSSODescriptor>
</EntityDescriptor>
`,
  }
}
