import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { checksum } from '../../checksum.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { password } from '../../password.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { podOn, resources } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import { UNAWAITED } from '../../unawaited.ts'
import type { Authority } from '../authority.ts'
import type { Service } from '../index.ts'
import { CERTIFICATES, configuration, FOLDER, PORT, users } from './configuration.ts'

const USER = 'kura'
/** Its time is that of Redis' start. */
const STARTED = '/tmp/started'

interface RedisArgs extends Pick<Settings, 'redis' | 'registry'> {
  namespace: string
  authority: Authority
}

/** Redis: a cache of one, without a replica. What is lost with it is read again from where it came. */
export class Redis extends Component {
  readonly service: Service

  constructor(name: string, args: RedisArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Redis', name, options)
    const { namespace, authority, redis, registry } = args
    const host = `${name}.${namespace}.svc`
    const pods = { 'app.kubernetes.io/name': 'redis' }
    const labels = { ...this.labels, ...pods }
    const child = { parent: this }
    const secret = password(this.named('password'), redis.passwords, this).result
    this.service = { url: `rediss://${host}:${PORT}`, port: PORT, pods, user: USER, password: secret }

    const files = {
      'redis.conf': configuration(redis.memory),
      'alive.sh': readFileSync(join(import.meta.dirname, 'scripts/alive.sh'), 'utf8'),
    }
    const configured = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      { metadata: { name: this.named('configuration'), namespace, labels }, data: files },
      child,
    )
    const acl = users(USER, secret)
    const access = new kubernetes.core.v1.Secret(
      this.named('users'),
      { metadata: { name: this.named('users'), namespace, labels }, stringData: { 'users.acl': acl } },
      child,
    )
    // A hash of what holds the hash of a long random password tells nobody anything.
    const content = pulumi.unsecret(checksum({ ...files, content: acl }))
    const alive = { exec: { command: ['sh', `${FOLDER}/alive.sh`] }, periodSeconds: 15, timeoutSeconds: 5 }

    new kubernetes.apps.v1.Deployment(
      this.named('deployment'),
      {
        metadata: { name, namespace, labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: pods },
          // Two would be two caches for a while, and an entry that one has dropped would live on in the other.
          strategy: { type: 'Recreate' },
          template: {
            metadata: { labels, annotations: { 'kura/configuration': content } },
            spec: {
              ...podOn('web', pods),
              containers: [
                {
                  name: 'redis',
                  image: reference(registry, images.redis),
                  command: ['sh', '-c', `touch ${STARTED} && exec redis-server ${FOLDER}/redis.conf`],
                  env: [
                    { name: 'CERTIFICATES', value: CERTIFICATES },
                    { name: 'PORT', value: String(PORT) },
                    { name: 'STARTED', value: STARTED },
                  ],
                  ports: [{ name: 'redis', containerPort: PORT }],
                  startupProbe: { ...alive, periodSeconds: 2, failureThreshold: 30 },
                  readinessProbe: { tcpSocket: { port: 'redis' }, periodSeconds: 5, timeoutSeconds: 3 },
                  livenessProbe: { ...alive, failureThreshold: 4 },
                  resources: resources(redis),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'configuration', mountPath: FOLDER, readOnly: true },
                    { name: 'certificate', mountPath: CERTIFICATES, readOnly: true },
                    { name: 'temporary', mountPath: '/tmp' },
                  ],
                },
              ],
              volumes: [
                {
                  name: 'configuration',
                  projected: {
                    defaultMode: 0o440,
                    sources: [
                      { configMap: { name: configured.metadata.name } },
                      { secret: { name: access.metadata.name } },
                    ],
                  },
                },
                {
                  name: 'certificate',
                  secret: {
                    secretName: authority.issue('redis', [host, `${host}.cluster.local`]),
                    defaultMode: 0o440,
                  },
                },
                { name: 'temporary', emptyDir: { sizeLimit: '16Mi' } },
              ],
            },
          },
        },
      },
      child,
    )
    new kubernetes.core.v1.Service(
      this.named('service'),
      {
        metadata: { name, namespace, labels, annotations: UNAWAITED },
        spec: { selector: pods, ports: [{ name: 'redis', port: PORT, targetPort: 'redis' }] },
      },
      child,
    )
    this.registerOutputs({ url: this.service.url })
  }
}
