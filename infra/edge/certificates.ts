import type { ICertificateSpec } from '@kubernetes-models/cert-manager/cert-manager.io/v1/CertificateSpec'
import type { IIssuerSpec } from '@kubernetes-models/cert-manager/cert-manager.io/v1/IssuerSpec'
import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import { DnsSolver, solverGroup } from './dns-solver.ts'
import type { Door } from './door.ts'
import { CertificateImporter } from './importer.ts'

interface CertificatesArgs {
  settings: Pick<Settings, 'region' | 'compartment' | 'registry' | 'zone' | 'network' | 'edge' | 'operators'>
  namespace: pulumi.Output<string>
  doors: Door[]
}

/** The certificates of all doors: issued and renewed by cert-manager, and brought to the load balancers by a job. */
export class Certificates extends Component {
  constructor(
    name: string,
    { settings, namespace, doors }: CertificatesArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('kura:cluster:Certificates', name, options)
    const child = { parent: this }

    if (settings.operators === 'install') new DnsSolver(this.named('dns'), { settings, namespace }, child)
    const issuer = new kubernetes.apiextensions.CustomResource(
      this.named('issuer'),
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Issuer',
        metadata: { name: 'acme', namespace, labels: this.labels },
        spec: acme(settings),
      },
      child,
    )
    for (const door of doors)
      new kubernetes.apiextensions.CustomResource(
        this.named(door.name),
        {
          apiVersion: 'cert-manager.io/v1',
          kind: 'Certificate',
          metadata: { name: door.name, namespace, labels: this.labels },
          spec: certificate(door),
        },
        { ...child, dependsOn: [issuer] },
      )
    new CertificateImporter(this.named('importer'), { settings, namespace, doors }, child)
    this.registerOutputs({})
  }
}

/**
 * The authority is shown by DNS that names are ours: a wildcard has no other way, and an institution's own host none
 * while it still points elsewhere. Institutions' hosts do so by an alias, `_acme-challenge.<host>` CNAME
 * `<host>.acme.<zone>`, which is followed into our zone.
 */
function acme({ compartment, zone, edge }: Pick<Settings, 'compartment' | 'zone' | 'edge'>): IIssuerSpec {
  return {
    acme: {
      server: edge.acme,
      email: edge.contact,
      privateKeySecretRef: { name: 'acme-account' },
      solvers: [
        {
          dns01: {
            cnameStrategy: 'Follow',
            webhook: { groupName: solverGroup(zone), solverName: 'oci', config: { compartmentOCID: compartment } },
          },
        },
      ],
    },
  }
}

/** Secret and certificate bear the door's name. Oracle takes a renewed one with the same common name alone. */
function certificate({ name, names }: Door): ICertificateSpec {
  return {
    secretName: name,
    commonName: names[0],
    dnsNames: names,
    duration: '2160h',
    renewBefore: '720h',
    privateKey: { algorithm: 'RSA', size: 2048, rotationPolicy: 'Always' },
    issuerRef: { kind: 'Issuer', name: 'acme' },
  }
}
