import { createHash } from 'node:crypto'

/**
 * What a cloud would add to what the program declares: identifiers, addresses, generated values. Plausible in form, so
 * that texts made from them look as they will, and the same at every run.
 */

type Properties = Record<string, unknown>

/** What `@pulumi/random` would make: the same URN yields the same value each time. `length` is in characters. */
export type RandomSource = (urn: string, length: number) => string

/** Values that follow from the URN alone: for tests and previews, where nothing is protected by them. */
export const predictable: RandomSource = (urn, length) => {
  let text = ''
  for (let part = 0; text.length < length; part++)
    text += digest(`${urn}#${part}`).toString('base64').replaceAll(/[+/=]/g, '')
  return text.slice(0, length)
}

interface Asked {
  urn: string
  name: string
  inputs: Properties
  random: RandomSource
}

/** Properties that a provider computes, by type. Types that are not named here compute none that the program reads. */
const COMPUTED: Record<string, (asked: Asked) => Properties> = {
  'oci:Core/vcn:Vcn': ({ name }) => ({
    defaultRouteTableId: ocid('routetable', name),
    defaultSecurityListId: ocid('securitylist', name),
    defaultDhcpOptionsId: ocid('dhcpoptions', name),
  }),
  'oci:Core/publicIp:PublicIp': ({ name }) => ({ ipAddress: `203.0.113.${((digest(name)[0] ?? 0) % 254) + 1}` }),
  'oci:ManagementAgent/managementAgentInstallKey:ManagementAgentInstallKey': ({ urn, random }) => ({
    key: random(urn, 40),
  }),
  'oci:Ons/notificationTopic:NotificationTopic': ({ name }) => ({ topicId: ocid('onstopic', name) }),
  'random:index/randomPassword:RandomPassword': ({ urn, inputs, random }) => ({
    result: random(urn, Number(inputs.length)),
    // A bcrypt hash by its form: cost, 22 characters of salt, 31 of hash.
    bcryptHash: `$2a$10$${predictable(`${urn}#bcrypt`, 53)}`,
  }),
  'random:index/randomId:RandomId': ({ urn, inputs }) => ({
    b64Std: digest(urn).subarray(0, Number(inputs.byteLength)).toString('base64'),
  }),
  'tls:index/privateKey:PrivateKey': ({ name }) => ({
    privateKeyPem: pem('PRIVATE KEY', name),
    publicKeyPem: pem('PUBLIC KEY', name),
  }),
  'tls:index/selfSignedCert:SelfSignedCert': ({ name }) => ({ certPem: pem('CERTIFICATE', name) }),
  'oci:Kms/vault:Vault': ({ name }) => ({
    managementEndpoint: `https://${digest(name).toString('hex').slice(0, 13)}-management.kms.ap-tokyo-1.oraclecloud.com`,
  }),
  'oci:Identity/customerSecretKey:CustomerSecretKey': ({ urn, random }) => ({ key: `${random(urn, 43)}=` }),
  'oci:FileStorage/mountTarget:MountTarget': ({ name }) => ({
    exportSetId: ocid('exportset', name),
    privateIpIds: [ocid('privateip', name)],
  }),
}

/** What a secret of the vault holds here. */
const VAULT_SECRET = { id: 'example-key', secret: 'example-secret' }

/** What data sources answer, by token. One that is not named here fails the evaluation. */
const DATA_SOURCES: Record<string, (args: Properties) => Properties> = {
  'oci:Secrets/getSecretbundle:getSecretbundle': (args) => ({
    ...args,
    id: 'secret-bundle',
    // What the settings say of such a secret: JSON with texts.
    secretBundleContents: [{ content: Buffer.from(JSON.stringify(VAULT_SECRET)).toString('base64') }],
  }),
  'oci:Identity/getAvailabilityDomains:getAvailabilityDomains': (args) => ({
    ...args,
    id: 'availability-domains',
    availabilityDomains: [{ id: ocid('availabilitydomain', '1'), name: 'abcd:AP-TOKYO-1-AD-1', ...args }],
  }),
  'oci:Core/getServices:getServices': (args) => ({
    ...args,
    id: 'services',
    services: [
      {
        id: ocid('service', 'all'),
        name: 'All NRT Services In Oracle Services Network',
        cidrBlock: 'all-nrt-services-in-oracle-services-network',
      },
      { id: ocid('service', 'os'), name: 'OCI NRT Object Storage', cidrBlock: 'oci-nrt-objectstorage' },
    ].map((service) => ({ ...service, description: service.name })),
  }),
  'oci:ContainerEngine/getNodePoolOption:getNodePoolOption': (args) => ({
    ...args,
    id: 'node-pool-option',
    images: [],
    kubernetesVersions: [args.nodePoolK8sVersion],
    shapes: ['VM.Standard.E5.Flex'],
    sources: [
      'Oracle-Linux-8.10-Gen2-GPU-2025.09.16-0-OKE-1.34.1-1191',
      'Oracle-Linux-8.10-2025.09.16-0-OKE-1.34.1-1191',
      'Oracle-Linux-8.10-2025.08.31-0-OKE-1.34.1-1151',
    ].map((sourceName) => ({ sourceName, sourceType: 'IMAGE', imageId: ocid('image', sourceName) })),
  }),
  'oci:ContainerEngine/getClusterKubeConfig:getClusterKubeConfig': (args) => ({
    ...args,
    id: 'kubeconfig',
    content: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'kura', cluster: { server: 'https://10.0.0.2:6443' } }],
    }),
  }),
  'oci:Core/getPrivateIp:getPrivateIp': (args) => ({
    ...args,
    id: args.privateIpId,
    ipAddress: `10.0.48.${10 + ((digest(String(args.privateIpId))[0] ?? 0) % 200)}`,
  }),
  'oci:Identity/getCompartment:getCompartment': (args) => ({
    ...args,
    name: String(args.id).split('.').at(-1),
    compartmentId: 'ocid1.tenancy.oc1..example',
  }),
  'oci:CloudGuard/getDetectorRecipes:getDetectorRecipes': (args) => ({
    ...args,
    id: 'detector-recipes',
    detectorRecipeCollections: [
      {
        items: ['IAAS_ACTIVITY_DETECTOR', 'IAAS_CONFIGURATION_DETECTOR', 'IAAS_THREAT_DETECTOR'].map((detector) => ({
          id: ocid('cloudguarddetectorrecipe', detector),
          detector,
          owner: 'ORACLE',
        })),
      },
    ],
  }),
  'oci:CloudGuard/getResponderRecipes:getResponderRecipes': (args) => ({
    ...args,
    id: 'responder-recipes',
    responderRecipeCollections: [{ items: [{ id: ocid('cloudguardresponderrecipe', 'oracle'), owner: 'ORACLE' }] }],
  }),
  'oci:ObjectStorage/getNamespace:getNamespace': (args) => ({ ...args, id: 'namespace', namespace: 'nrtexample1' }),
}

/** The properties that `type` has beside its inputs. */
export function computed(type: string, asked: Asked): Properties {
  return COMPUTED[type]?.(asked) ?? {}
}

/** The identifier that a provider would give. */
export function identifier(type: string, name: string, inputs: Properties): string {
  const [provider, module = ''] = type.split(':')
  if (provider === 'oci') return ocid((module.split('/')[1] ?? module).toLowerCase(), name)
  if (provider === 'kubernetes') {
    const metadata = inputs.metadata as { name?: string; namespace?: string } | undefined
    return [metadata?.namespace, metadata?.name ?? name].filter(Boolean).join('/')
  }
  return digest(`${type} ${name}`).toString('hex').slice(0, 16)
}

/** @throws Error if the token is not known. */
export function lookUp(token: string, args: Properties): Properties {
  const answer = DATA_SOURCES[token]
  if (!answer) throw new Error(`no answer is known for the data source ${token}: add one to tools/evaluate/answers.ts`)
  return answer(args)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** An Oracle Cloud identifier: `ocid1.<resource type>.<realm>.<region>.<unique>`. */
function ocid(kind: string, name: string): string {
  return `ocid1.${kind}.oc1.ap-tokyo-1.${digest(`${kind} ${name}`).toString('hex').slice(0, 40)}`
}

function pem(label: string, name: string): string {
  return `-----BEGIN ${label}-----\n${digest(`${label} ${name}`).toString('base64')}\n-----END ${label}-----\n`
}
