import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import * as tls from '@pulumi/tls'
import { checksum } from '../checksum.ts'
import { allow, inNamespace, tcp, toNames, toPublic } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import { GATEWAY } from '../edge/gateway.ts'
import { images, reference } from '../images.ts'
import { password } from '../password.ts'
import { restrictedContainer } from '../pod-security.ts'
import { resources } from '../pods.ts'
import type { Settings } from '../settings.ts'
import { entityIds, FEDERATION, keycloakMetadata, PATHS, PLACES, satosa, singleSignOn } from './satosa.ts'
import { deployment, podsOf, script } from './workload.ts'

const NAME = 'proxy'
const PORT = 8080
const SCRIPTS = '/opt/federation'
/** Seconds between two looks for new metadata; federations sign theirs anew about once a day. */
const REFRESH_SECONDS = 3600
/** What fetches the metadata and verifies it. */
const FETCH = { vcpu: 0.02, burst: 1, memory: 0.5 }
const HOURS_PER_YEAR = 8766

interface ProxyArgs {
  namespace: pulumi.Input<string>
  settings: Pick<Settings, 'registry' | 'identity'>
  /** Its host, under the platform's own domain. */
  host: string
  /** Keycloak: its name as a service provider, and where it takes answers. */
  keycloak: { entityId: string; endpoint: string }
}

/**
 * The proxy to SAML federations (SATOSA). To the federation it is one service provider, to Keycloak one identity
 * provider, and it knows all members from the federation's signed metadata. Keycloak can read no such file.
 */
export class FederationProxy extends Component {
  /** What Keycloak must know of it. */
  readonly door: { entityId: string; singleSignOn: string; certificates: pulumi.Output<string>[] }

  constructor(name: string, args: ProxyArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:FederationProxy', name, options)
    const { namespace, settings, host, keycloak } = args
    const { federation, proxy: size } = settings.identity
    const base = `https://${host}`
    const child = { parent: this }
    const metadata = { name: NAME, namespace, labels: this.labels }

    const pairs = federation.keys.map((number) => this.#pair(number, host))
    this.door = {
      entityId: entityIds(base).identityProvider,
      singleSignOn: singleSignOn(base),
      certificates: pairs.map(({ certificate }) => certificate),
    }

    const stateKey = password(this.named('state'), settings.identity.passwords, this).result
    const contents = {
      'proxy.json': stateKey.apply((known) =>
        JSON.stringify(
          satosa({ base, discovery: federation.discovery, keys: federation.keys, stateKey: known }),
          null,
          2,
        ),
      ),
      ...keycloakMetadata(keycloak.entityId, keycloak.endpoint),
    }
    const keyFiles = Object.fromEntries(
      pairs.flatMap(({ number, key, certificate }) => [
        [`${number}.key`, key],
        [`${number}.crt`, certificate],
      ]),
    )
    const fetching = { 'federation.py': script('federation.py'), 'federation.pem': federation.certificate }
    const configuration = new kubernetes.core.v1.Secret(
      this.named('configuration'),
      { metadata, stringData: contents },
      child,
    )
    const keys = new kubernetes.core.v1.Secret(
      this.named('keys'),
      { metadata: { ...metadata, name: `${NAME}-keys` }, stringData: keyFiles },
      child,
    )
    const scripts = new kubernetes.core.v1.ConfigMap(this.named('federation'), { metadata, data: fetching }, child)

    const image = reference(settings.registry, images.satosa)
    const mount = (volume: string, mountPath: string, readOnly = true) => ({ name: volume, mountPath, readOnly })
    const fetch = (container: string, ...more: string[]) => ({
      name: container,
      image,
      command: ['python3', `${SCRIPTS}/federation.py`],
      args: [federation.metadata, `${SCRIPTS}/federation.pem`, FEDERATION, ...more],
      resources: resources(FETCH),
      securityContext: restrictedContainer,
      volumeMounts: [
        mount('federation', SCRIPTS),
        mount('metadata', PLACES.metadata, false),
        mount('temporary', '/tmp', false),
      ],
    })
    const probe = { httpGet: { path: `/${PATHS.login}/metadata`, port: 'http' }, periodSeconds: 10, timeoutSeconds: 10 }
    deployment(
      (suffix) => this.named(suffix),
      {
        name: NAME,
        namespace,
        labels: this.labels,
        replicas: size.replicas,
        checksum: checksum({ ...contents, ...keyFiles, ...fetching }),
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
        pod: {
          initContainers: [fetch('fetch')],
          containers: [
            {
              name: NAME,
              image,
              command: ['gunicorn', 'satosa.wsgi:app'],
              // One process that does one thing at a time: nobody sees metadata that is half read. It is read in seconds.
              args: ['--bind', `0.0.0.0:${PORT}`, '--workers', '1', '--timeout', '120', '--worker-tmp-dir', '/tmp'],
              env: [
                { name: 'SATOSA_CONFIG', value: `${PLACES.configuration}/proxy.json` },
                // gunicorn keeps its control socket there.
                { name: 'HOME', value: '/tmp' },
              ],
              ports: [{ name: 'http', containerPort: PORT }],
              startupProbe: { ...probe, failureThreshold: 30 },
              livenessProbe: { ...probe, failureThreshold: 6 },
              readinessProbe: probe,
              resources: resources(size),
              securityContext: restrictedContainer,
              volumeMounts: [
                mount('configuration', PLACES.configuration),
                mount('keys', PLACES.keys),
                mount('metadata', PLACES.metadata),
                mount('temporary', '/tmp', false),
              ],
            },
            fetch('refresh', `http://127.0.0.1:${PORT}/${PATHS.federation}/reload-metadata`, String(REFRESH_SECONDS)),
          ],
          volumes: [
            { name: 'configuration', secret: { secretName: configuration.metadata.name, defaultMode: 0o440 } },
            { name: 'keys', secret: { secretName: keys.metadata.name, defaultMode: 0o440 } },
            { name: 'federation', configMap: { name: scripts.metadata.name } },
            { name: 'metadata', emptyDir: { sizeLimit: '512Mi' } },
            { name: 'temporary', emptyDir: { sizeLimit: '128Mi' } },
          ],
        },
      },
      this,
    )
    this.#route(namespace, host)
    allow(
      this.named('traffic'),
      `allow-${NAME}`,
      {
        namespace,
        labels: this.labels,
        pods: podsOf(NAME),
        ingress: [{ from: [inNamespace(GATEWAY.namespace)], ports: [tcp(PORT)] }],
        // The federation's metadata.
        egress: [toNames, toPublic],
      },
      this,
    )
    this.registerOutputs({ serviceProvider: entityIds(base).serviceProvider })
  }

  /** A key pair: the federation's members encrypt for it, and answers to Keycloak are signed by it. */
  #pair(number: number, host: string) {
    const child = { parent: this }
    const key = new tls.PrivateKey(this.named(`key-${number}`), { algorithm: 'RSA', rsaBits: 3072 }, child)
    const certificate = new tls.SelfSignedCert(
      this.named(`certificate-${number}`),
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: host },
        allowedUses: ['digital_signature', 'key_encipherment'],
        // Federations know the certificate itself, so it is not renewed behind their back.
        validityPeriodHours: 10 * HOURS_PER_YEAR,
      },
      child,
    )
    return { number, key: key.privateKeyPem, certificate: certificate.certPem }
  }

  /** What the world may ask of it: each step of a login, and its metadata. */
  #route(namespace: pulumi.Input<string>, host: string) {
    const { federation, login } = PATHS
    const paths = [`${federation}/acs`, `${federation}/disco`, `${federation}/sso`, `${federation}/metadata`]
    new kubernetes.apiextensions.CustomResource(
      this.named('route'),
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: NAME, namespace, labels: this.labels },
        spec: {
          parentRefs: [GATEWAY],
          hostnames: [host],
          rules: [
            {
              matches: [...paths, `${login}/metadata`].map((path) => ({
                path: { type: 'PathPrefix', value: `/${path}` },
              })),
              backendRefs: [{ name: NAME, port: 80 }],
            },
          ],
        },
      },
      { parent: this },
    )
  }
}
