import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import * as tls from '@pulumi/tls'
import { Component } from '../component.ts'

const HOURS_PER_YEAR = 8766

/** The file of the authority's certificate in its ConfigMap. */
export const CERTIFICATE_FILE = 'authority.crt'

/**
 * The certificate authority that the data services' servers are certified by, inside the cluster alone. It is made
 * here, so that clients can be given its certificate; the servers' own are issued and renewed by cert-manager. While it
 * is exchanged there are two: clients trust both, and the first certifies.
 */
export class Authority extends Component {
  /** Certificates of those that are trusted, PEM. */
  readonly certificate: pulumi.Output<string>
  /** ConfigMap with it, as {@link CERTIFICATE_FILE}, for clients in the same namespace. */
  readonly configMap: pulumi.Output<string>
  readonly #namespace: string
  readonly #issuer: kubernetes.apiextensions.CustomResource

  /** @param numbers of those that are trusted. */
  constructor(name: string, namespace: string, numbers: number[], options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Authority', name, options)
    this.#namespace = namespace
    const metadata = (suffix: string) => ({ name: this.named(suffix), namespace, labels: this.labels })

    const authorities = numbers.map((number) => this.#authority(number))
    const [certifying] = authorities
    if (certifying === undefined) throw new Error('the schema asks for at least one authority')
    this.certificate = pulumi.all(authorities.map(({ certificate }) => certificate)).apply((all) => all.join(''))

    this.configMap = new kubernetes.core.v1.ConfigMap(
      this.named('config-map'),
      { metadata: metadata('certificate'), data: { [CERTIFICATE_FILE]: this.certificate } },
      { parent: this },
    ).metadata.name

    const secret = new kubernetes.core.v1.Secret(
      this.named('secret'),
      {
        metadata: metadata('secret'),
        type: 'kubernetes.io/tls',
        stringData: { 'tls.crt': certifying.certificate, 'tls.key': certifying.key },
      },
      { parent: this },
    )
    this.#issuer = new kubernetes.apiextensions.CustomResource(
      this.named('issuer'),
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Issuer',
        metadata: metadata('issuer'),
        spec: { ca: { secretName: secret.metadata.name } },
      },
      { parent: this },
    )
    this.registerOutputs({ certificate: this.certificate })
  }

  #authority(number: number) {
    const { privateKeyPem } = new tls.PrivateKey(
      this.named(`key-${number}`),
      { algorithm: 'ECDSA', ecdsaCurve: 'P256' },
      { parent: this },
    )
    const { certPem } = new tls.SelfSignedCert(
      this.named(`certificate-${number}`),
      {
        privateKeyPem,
        subject: { commonName: this.named(String(number)) },
        isCaCertificate: true,
        allowedUses: ['cert_signing', 'crl_signing'],
        validityPeriodHours: 10 * HOURS_PER_YEAR,
        earlyRenewalHours: HOURS_PER_YEAR,
      },
      { parent: this },
    )
    return { key: privateKeyPem, certificate: certPem }
  }

  /**
   * Asks for a server's certificate.
   *
   * @returns name of the Secret that will hold `tls.crt`, `tls.key` and `ca.crt`.
   */
  issue(server: string, dnsNames: string[]): pulumi.Output<string> {
    const name = this.named(server)
    const request = new kubernetes.apiextensions.CustomResource(
      name,
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { name, namespace: this.#namespace, labels: this.labels },
        spec: {
          secretName: name,
          // Java reads no certificate without a subject, unless its names are marked as critical.
          commonName: name,
          dnsNames,
          duration: '2160h',
          renewBefore: '720h',
          privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
          issuerRef: { kind: 'Issuer', name: this.#issuer.metadata.name },
        },
      },
      { parent: this },
    )
    return request.metadata.name
  }
}
