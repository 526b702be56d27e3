import { ATTRIBUTES } from './satosa.ts'

/** The realm in which everybody logs in, and the application's client in it. */
const REALM = 'kura'
const CLIENT = 'kura'
/** The federation in the realm, as an identity provider of others' accounts. */
const BROKER = 'federation'

/** Where the application takes people who have logged in, on each institution's host. */
const CALLBACK = '/login/callback'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The realm as issuer of tokens; `address` is Keycloak's, without a slash at the end. */
export function issuer(address: string): string {
  return `${address}/realms/${REALM}`
}

/** Where Keycloak takes the federation's answers. */
export function brokerEndpoint(address: string): string {
  return `${issuer(address)}/broker/${BROKER}/endpoint`
}

interface RealmArgs {
  address: string
  /** Host names of all institutions: nobody is sent anywhere else after login. */
  hosts: string[]
  secret: string
  proxy: { entityId: string; singleSignOn: string; certificates: string[] }
}

/**
 * What `realm.sh` brings the realm to, by file: representations of Keycloak's admin API, each of one thing. Objects in
 * `mappers` are found by their name.
 */
export function realmFiles({ address, hosts, secret, proxy }: RealmArgs): Record<string, string> {
  const files = {
    'realm.json': {
      realm: REALM,
      enabled: true,
      displayName: 'Kura',
      sslRequired: 'all',
      registrationAllowed: false,
      // Both take a mail server.
      resetPasswordAllowed: false,
      verifyEmail: false,
      loginWithEmailAllowed: true,
      duplicateEmailsAllowed: false,
      editUsernameAllowed: false,
      rememberMe: false,
      internationalizationEnabled: true,
      supportedLocales: ['ja', 'en'],
      defaultLocale: 'ja',
      passwordPolicy: 'length(12) and maxLength(128) and notUsername and notEmail',
      bruteForceProtected: true,
      permanentLockout: false,
      failureFactor: 10,
      waitIncrementSeconds: MINUTE,
      maxFailureWaitSeconds: 15 * MINUTE,
      maxDeltaTimeSeconds: 12 * HOUR,
      accessCodeLifespan: MINUTE,
      accessCodeLifespanLogin: 30 * MINUTE,
      accessTokenLifespan: 5 * MINUTE,
      ssoSessionIdleTimeout: HOUR,
      ssoSessionMaxLifespan: 10 * HOUR,
      revokeRefreshToken: true,
      refreshTokenMaxReuse: 0,
      eventsEnabled: true,
      eventsExpiration: 90 * DAY,
      adminEventsEnabled: true,
      adminEventsDetailsEnabled: false,
    },
    'profile.json': {
      attributes: [
        attribute('username', { length: { min: 1, max: 255 } }),
        attribute('email', { email: {}, length: { max: 255 } }),
        attribute('firstName', { length: { max: 255 } }),
        attribute('lastName', { length: { max: 255 } }),
        ...ATTRIBUTES.filter((name) => name.startsWith('eduPerson')).map((name) => ({
          name,
          multivalued: true,
          permissions: { view: ['admin', 'user'], edit: ['admin'] },
        })),
      ],
    },
    'client.json': {
      clientId: CLIENT,
      name: 'Kura',
      enabled: true,
      protocol: 'openid-connect',
      publicClient: false,
      clientAuthenticatorType: 'client-secret',
      secret,
      standardFlowEnabled: true,
      implicitFlowEnabled: false,
      directAccessGrantsEnabled: false,
      serviceAccountsEnabled: false,
      fullScopeAllowed: false,
      redirectUris: hosts.map((host) => `https://${host}${CALLBACK}`),
      webOrigins: [],
      attributes: {
        'pkce.code.challenge.method': 'S256',
        'post.logout.redirect.uris': hosts.map((host) => `https://${host}/`).join('##'),
        'backchannel.logout.session.required': 'true',
      },
      protocolMappers: ATTRIBUTES.filter((name) => name.startsWith('eduPerson')).map((name) => ({
        name,
        protocol: 'openid-connect',
        protocolMapper: 'oidc-usermodel-attribute-mapper',
        config: {
          'user.attribute': name,
          'claim.name': name,
          'jsonType.label': 'String',
          multivalued: 'true',
          'id.token.claim': 'true',
          'access.token.claim': 'false',
          'userinfo.token.claim': 'true',
        },
      })),
    },
    'broker.json': {
      alias: BROKER,
      displayName: '所属機関のアカウント / Institutional account',
      providerId: 'saml',
      enabled: true,
      trustEmail: false,
      storeToken: false,
      firstBrokerLoginFlowAlias: 'first broker login',
      config: {
        entityId: issuer(address),
        idpEntityId: proxy.entityId,
        singleSignOnServiceUrl: proxy.singleSignOn,
        postBindingAuthnRequest: 'true',
        postBindingResponse: 'true',
        nameIDPolicyFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        principalType: 'SUBJECT',
        allowCreate: 'true',
        wantAuthnRequestsSigned: 'false',
        wantAssertionsSigned: 'true',
        validateSignature: 'true',
        signingCertificate: proxy.certificates.map(body).join(','),
        syncMode: 'FORCE',
      },
    },
    ...Object.fromEntries(
      ATTRIBUTES.map((name) => [
        `mappers.${name}.json`,
        {
          name,
          identityProviderAlias: BROKER,
          identityProviderMapper: 'saml-user-attribute-idp-mapper',
          config: { 'attribute.friendly.name': name, 'user.attribute': USER[name] ?? name, syncMode: 'INHERIT' },
        },
      ]),
    ),
  }
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, JSON.stringify(content, null, 2)]))
}

/** Keycloak's own names of what federations say. */
const USER: Record<string, string> = { mail: 'email', givenName: 'firstName', sn: 'lastName' }

function attribute(name: string, validations: Record<string, unknown>) {
  return { name, validations, permissions: { view: ['admin', 'user'], edit: ['admin', 'user'] } }
}

/** A certificate without its frame, in one line. */
function body(pem: string): string {
  return pem.replaceAll(/-----[A-Z ]+-----|\s/g, '')
}
