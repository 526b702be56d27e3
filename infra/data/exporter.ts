import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { type Image, reference } from '../images.ts'
import type { Login } from '../password.ts'
import { restrictedContainer } from '../pod-security.ts'
import { podOn, resources, scraped } from '../pods.ts'
import { type Authority, CERTIFICATE_FILE } from './authority.ts'

/** Where an exporter finds the password, and the certificate of the authority that has certified its service. */
export const PASSWORD_FILE = '/etc/exporter/password'
export const AUTHORITY_FILE = `/etc/exporter/${CERTIFICATE_FILE}`

interface ExporterArgs {
  namespace: string
  registry: string
  image: Image
  authority: Authority
  /** Labels of its pod. */
  pods: Record<string, string>
  port: number
  login: Login
  /** Of the password, which an exporter reads when it starts: another one rolls it. */
  generation: number
  arguments: string[]
  environment: Record<string, string>
  annotations?: Record<string, string>
  /** Variable for the password, of an exporter that cannot read {@link PASSWORD_FILE}. */
  passwordVariable?: string
}

/** Translates what a service says about itself into metrics. One is enough: it holds no state, and its loss is noticed. */
export class Exporter extends Component {
  constructor(name: string, args: ExporterArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Exporter', name, options)
    const { namespace, registry, image, authority, pods, port, login, generation, environment, annotations } = args
    const { passwordVariable } = args
    const labels = { ...this.labels, ...pods }
    const secret = new kubernetes.core.v1.Secret(
      this.named('secret'),
      { metadata: { name: this.named('secret'), namespace, labels }, stringData: { password: login.password } },
      { parent: this },
    )
    const probe = { httpGet: { path: '/', port: 'metrics' }, periodSeconds: 15, timeoutSeconds: 5 }
    new kubernetes.apps.v1.Deployment(
      this.named('deployment'),
      {
        metadata: { name, namespace, labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: pods },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          template: {
            metadata: {
              labels,
              annotations: { ...scraped(port), 'kura/passwords': String(generation), ...annotations },
            },
            spec: {
              ...podOn('web', pods),
              containers: [
                {
                  name: 'exporter',
                  image: reference(registry, image),
                  args: args.arguments,
                  env: [
                    ...Object.entries(environment).map(([name, value]) => ({ name, value })),
                    ...(passwordVariable === undefined
                      ? []
                      : [
                          {
                            name: passwordVariable,
                            valueFrom: { secretKeyRef: { name: secret.metadata.name, key: 'password' } },
                          },
                        ]),
                  ],
                  ports: [{ name: 'metrics', containerPort: port }],
                  readinessProbe: probe,
                  livenessProbe: { ...probe, failureThreshold: 6 },
                  resources: resources({ vcpu: 0.05, memory: 0.125 }),
                  securityContext: restrictedContainer,
                  volumeMounts: [{ name: 'exporter', mountPath: '/etc/exporter', readOnly: true }],
                },
              ],
              volumes: [
                {
                  name: 'exporter',
                  projected: {
                    defaultMode: 0o440,
                    sources: [{ secret: { name: secret.metadata.name } }, { configMap: { name: authority.configMap } }],
                  },
                },
              ],
            },
          },
        },
      },
      { parent: this },
    )
    this.registerOutputs({})
  }
}
