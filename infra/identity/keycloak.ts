import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { checksum } from '../checksum.ts'
import { allow, fromMetrics, tcp, toNames } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import type { Data } from '../data/index.ts'
import { images, reference } from '../images.ts'
import { password } from '../password.ts'
import { restrictedContainer } from '../pod-security.ts'
import { connects, resources, scraped } from '../pods.ts'
import type { Settings } from '../settings.ts'
import { Realm } from './realm.ts'
import { issuer, realmFiles } from './representations.ts'
import { deployment, podsOf, toDatabase } from './workload.ts'

const PORT = 8080
/** Health and metrics. */
const MANAGEMENT = 9000
/** Members of the cluster: their messages, and the finding of failures. */
const CLUSTER = [7800, 57_800]

const NAME = 'keycloak'
const CONFIGURATION = '/etc/keycloak'
/** The client by which `realm.sh` logs in; not `<realm>-realm`, which Keycloak makes itself. */
const CONFIGURING = 'kura-configuration'

interface KeycloakArgs {
  namespace: pulumi.Input<string>
  settings: Pick<Settings, 'registry' | 'identity'>
  /** Its address, without a slash at the end. */
  address: string
  /** Addresses of the load balancers, in CIDR notation: they alone may say who a request comes from. */
  loadBalancers: string
  /** Host names of all institutions. */
  hosts: string[]
  proxy: { entityId: string; singleSignOn: string; certificates: pulumi.Input<string>[] }
  data: Data
}

/** Keycloak: where the people of all institutions log in, and what the application asks who they are. */
export class Keycloak extends Component {
  /** The realm as the application knows it, and the secret of its client there. */
  readonly realm: { issuer: string; secret: pulumi.Output<string> }
  /** Where its load balancer finds it. The path answers as soon as Keycloak itself does. */
  readonly backend = { service: NAME, port: PORT, healthPath: '/realms/master' }

  constructor(name: string, args: KeycloakArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Keycloak', name, options)
    const { namespace, settings, address, hosts, proxy, data } = args
    const child = { parent: this }
    const { passwords } = settings.identity
    // The one before stays: until it has been told, Keycloak knows no other.
    const [configuring, former] = [passwords, passwords - 1]
      .filter((generation) => generation > 0)
      .map((generation) => password(this.named(`configuring-${generation}`), generation, this).result)
    if (configuring === undefined) throw new Error('the schema asks for a generation')
    this.realm = { issuer: issuer(address), secret: password(this.named('client'), passwords, this).result }

    const files = {
      'keycloak.conf': this.#configuration(args, configuring),
      'authority.pem': data.database.authority,
    }
    const configuration = new kubernetes.core.v1.Secret(
      this.named('configuration'),
      { metadata: { name: NAME, namespace, labels: this.labels }, stringData: files },
      child,
    )
    const probe = (path: string) => ({
      httpGet: { path: `/health/${path}`, port: 'management' },
      periodSeconds: 10,
      timeoutSeconds: 5,
    })
    const server = deployment(
      (suffix) => this.named(suffix),
      {
        name: NAME,
        namespace,
        labels: this.labels,
        replicas: settings.identity.provider.replicas,
        checksum: checksum(files),
        annotations: { ...scraped(MANAGEMENT), ...connects(data.identity.connections) },
        ports: [{ name: 'http', port: PORT, targetPort: 'http' }],
        pod: {
          terminationGracePeriodSeconds: 60,
          containers: [
            {
              name: NAME,
              image: reference(settings.registry, images.keycloak),
              args: [`--config-file=${CONFIGURATION}/keycloak.conf`, 'start', '--optimized'],
              ports: [
                { name: 'http', containerPort: PORT },
                { name: 'management', containerPort: MANAGEMENT },
              ],
              // The first start ever fills the database, which took a minute.
              startupProbe: { ...probe('started'), failureThreshold: 60 },
              livenessProbe: { ...probe('live'), failureThreshold: 6 },
              readinessProbe: probe('ready'),
              resources: resources(settings.identity.provider),
              securityContext: restrictedContainer,
              volumeMounts: [
                { name: 'configuration', mountPath: CONFIGURATION, readOnly: true },
                { name: 'data', mountPath: '/opt/keycloak/data' },
                { name: 'temporary', mountPath: '/tmp' },
              ],
            },
          ],
          volumes: [
            { name: 'configuration', secret: { secretName: configuration.metadata.name, defaultMode: 0o440 } },
            { name: 'data', emptyDir: { sizeLimit: '256Mi' } },
            { name: 'temporary', emptyDir: { sizeLimit: '256Mi' } },
          ],
        },
      },
      this,
    )
    new Realm(
      this.named('realm'),
      {
        namespace,
        registry: settings.registry,
        server: `http://${NAME}:${PORT}`,
        credentials: { client: CONFIGURING, secret: configuring, ...(former ? { former } : {}) },
        files: pulumi
          .all([this.realm.secret, pulumi.all(proxy.certificates)])
          .apply(([client, certificates]) =>
            realmFiles({ address, hosts, secret: client, proxy: { ...proxy, certificates } }),
          ),
      },
      { parent: this, dependsOn: server },
    )
    this.#traffic(args)
    this.registerOutputs({ issuer: this.realm.issuer })
  }

  /** `keycloak.conf`. What Keycloak must know when it is built stands in `images/keycloak/Dockerfile`. */
  #configuration({ address, loadBalancers, data }: KeycloakArgs, configuring: pulumi.Output<string>) {
    const { host, port, database, user, password, connections } = data.identity
    const settings: Record<string, pulumi.Input<string | number>> = {
      'db-url': `jdbc:postgresql://${host}:${port}/${database}?sslmode=verify-full&sslrootcert=${CONFIGURATION}/authority.pem`,
      'db-username': user,
      'db-password': password,
      'db-pool-max-size': connections,
      hostname: address,
      'http-enabled': 'true',
      'http-port': PORT,
      'http-management-port': MANAGEMENT,
      'proxy-headers': 'xforwarded',
      'proxy-trusted-addresses': loadBalancers,
      'log-console-output': 'json',
      'bootstrap-admin-client-id': CONFIGURING,
      'bootstrap-admin-client-secret': configuring,
    }
    return pulumi.all(settings).apply((known) =>
      Object.entries(known)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    )
  }

  #traffic({ namespace, loadBalancers, data }: KeycloakArgs) {
    const pods = podsOf(NAME)
    const cluster = CLUSTER.map(tcp)
    allow(
      this.named('traffic'),
      `allow-${NAME}`,
      {
        namespace,
        labels: this.labels,
        pods,
        ingress: [
          {
            from: [{ ipBlock: { cidr: loadBalancers } }, { podSelector: { matchLabels: podsOf('realm') } }],
            ports: [tcp(PORT)],
          },
          { from: [{ podSelector: { matchLabels: pods } }], ports: cluster },
          fromMetrics(MANAGEMENT),
        ],
        egress: [
          toNames,
          { to: [{ podSelector: { matchLabels: pods } }], ports: cluster },
          toDatabase(data, data.identity),
        ],
      },
      this,
    )
  }
}
