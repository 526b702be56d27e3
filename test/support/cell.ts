import { apps, core } from '@pulumi/kubernetes'
import { RandomPassword } from '@pulumi/random'
import { type CapturedResource, reveal } from '../../tools/evaluate/index.ts'
import { declared } from './rule.ts'

/* A cell, made up: as much of each resource as rules read. */

const REGISTRY = 'nrt.ocir.io/example/kura'
const SPREAD = ['oci.oraclecloud.com/fault-domain', 'kubernetes.io/hostname'].map((topologyKey) => ({ topologyKey }))
const RESOURCES = { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '512Mi' } }

/** What holds the passwords of all institutions. */
export const passwords = declared('kura:cluster:Passwords', 'kura-passwords')

/** The password of an institution. */
export function passwordOf(id: string): CapturedResource {
  return declared(RandomPassword, `kura-passwords-${id}`, {}, { parent: passwords.urn })
}

/**
 * The resources of a cell, by what they are.
 *
 * @param tenants hosts, by institution
 */
export function cellOf(name: string, tenants: Record<string, string[]>) {
  const whole = declared('kura:cluster:Cell', `kura-cell-${name}`, {}, { custom: false })
  const namespace = whole.name
  const inside = { parent: whole.urn }
  const ids = Object.keys(tenants)
  const configuration = declared(
    core.v1.ConfigMap,
    `${namespace}-configuration`,
    {
      metadata: { name: 'configuration', namespace },
      data: {
        'kura.json': JSON.stringify({ cell: name, database: { connections: 4 } }),
        'nginx.conf': 'worker_shutdown_timeout 25s;\n',
        ...Object.fromEntries(
          Object.entries(tenants).map(([id, hosts]) => [
            `tenant.${id}.json`,
            JSON.stringify({ id, cell: name, hosts, limits: { storage: 10 } }),
          ]),
        ),
      },
    },
    inside,
  )
  const container = (command: string, rest: object = {}) => ({
    name: command,
    image: `${REGISTRY}/application:0.1.0`,
    args: [command],
    resources: RESOURCES,
    ...rest,
  })
  const nginx = {
    name: 'nginx',
    image: `${REGISTRY}/mirror/nginx:1.29.3`,
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    resources: RESOURCES,
  }
  const deployment = (command: string, pod: object) =>
    declared(
      apps.v1.Deployment,
      `${namespace}-${command}`,
      {
        metadata: { name: command, namespace },
        spec: {
          replicas: 1,
          strategy: { rollingUpdate: { maxSurge: 1 } },
          template: {
            spec: {
              automountServiceAccountToken: false,
              nodeSelector: { 'kura/pool': 'web' },
              priorityClassName: 'kura-cell',
              terminationGracePeriodSeconds: 60,
              topologySpreadConstraints: SPREAD,
              tolerations: ['not-ready', 'unreachable'].map((state) => ({
                key: `node.kubernetes.io/${state}`,
                operator: 'Exists',
                effect: 'NoExecute',
                tolerationSeconds: 30,
              })),
              volumes: [
                {
                  name: 'configuration',
                  projected: {
                    sources: [
                      {
                        configMap: {
                          name: 'configuration',
                          items: [
                            { key: 'kura.json', path: 'kura.json' },
                            ...ids.map((id) => ({ key: `tenant.${id}.json`, path: `tenants/${id}.json` })),
                          ],
                        },
                      },
                      {
                        secret: {
                          name: 'secrets',
                          items: ids.map((id) => ({ key: `tenant.${id}`, path: `secrets/tenants/${id}` })),
                        },
                      },
                    ],
                  },
                },
              ],
              ...pod,
            },
          },
        },
      },
      inside,
    )
  return {
    whole,
    configuration,
    web: deployment('web', {
      initContainers: [container('provision'), container('web', { restartPolicy: 'Always' })],
      containers: [nginx],
    }),
    worker: deployment('worker', { initContainers: [container('provision')], containers: [container('worker')] }),
    secret: declared(
      core.v1.Secret,
      `${namespace}-secrets`,
      { metadata: { name: 'secrets', namespace }, stringData: {} },
      { ...inside, linked: { stringData: ids.map(passwordOf) } },
    ),
    route: declared(
      'kubernetes:gateway.networking.k8s.io/v1:HTTPRoute',
      `${namespace}-route-1`,
      {
        metadata: { name: 'route-1', namespace },
        spec: { hostnames: Object.values(tenants).flat(), rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
      },
      inside,
    ),
    quota: declared(
      core.v1.ResourceQuota,
      `${namespace}-quota`,
      {
        metadata: { name: 'cell', namespace },
        spec: {
          // Of each Deployment one that serves, one that comes and one that drains.
          hard: {
            pods: '6',
            'requests.cpu': '4500m',
            'requests.memory': '4608Mi',
            'limits.cpu': '9',
            'limits.memory': '4608Mi',
            'services.loadbalancers': '0',
            'services.nodeports': '0',
          },
        },
      },
      inside,
    ),
    namespace: declared(
      core.v1.Namespace,
      `${namespace}-namespace`,
      { metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
      inside,
    ),
  }
}

/** All of a cell, with some of its resources put in another's place or, as undefined, taken away. */
export function all<Cell extends object>(
  cell: Cell,
  instead: { [Part in keyof Cell]?: CapturedResource | undefined } = {},
) {
  return Object.values({ ...cell, ...instead }).filter(
    (resource): resource is CapturedResource => resource !== undefined,
  )
}

/** A resource with other inputs. */
// biome-ignore lint/suspicious/noExplicitAny: a change reaches into inputs of every type, which the rules read typed.
export function changed(resource: CapturedResource, by: (inputs: any) => void): CapturedResource {
  const inputs = structuredClone(reveal(resource.inputs)) as Record<string, unknown>
  by(inputs)
  return { ...resource, inputs, outputs: inputs }
}
