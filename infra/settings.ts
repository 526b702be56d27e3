import * as pulumi from '@pulumi/pulumi'
import { z } from 'zod'
import { Rates } from '../app/config.ts'
import { problems } from './explain.ts'
import { neighbours, overlap } from './network/addresses.ts'

/**
 * What a stack may set, as `kura:<name>` in `Pulumi.<stack>.yaml`. Stacks differ in nothing else. Sizes are in vCPU and
 * GiB, as the operators count.
 */

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and hyphens, starting with a letter')
const vcpu = z.number().min(0.01).max(128).describe('vCPU that a pod asks for')
const memory = z.number().min(0.03125).max(1024).describe('GiB of memory that a pod asks for, and its limit')
const volume = z.int().min(50).max(32_768).describe('GiB of the data volume of each instance')
const days = z.int().min(1).max(3650)
const region = z
  .string()
  .regex(/^[a-z]+-[a-z]+-[0-9]$/, 'must be the name of an Oracle Cloud region, such as ap-tokyo-1')
const ocid = (...kinds: string[]) =>
  z.string().regex(new RegExp(`^ocid1\\.(${kinds.join('|')})\\.`), `must be the OCID of a ${kinds.join(' or a ')}`)
const domain = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a domain name in small letters')
/** When a job runs, as cron writes it: minute, hour, day, month, weekday, in UTC. */
const schedule = z
  .string()
  .regex(/^[\d*,/-]+( [\d*,/-]+){4}$/, 'must be five fields of cron, in UTC, such as 30 16 * * *')

/** 1 OCPU of an x86 shape is 2 vCPU, and a flexible shape takes whole ones with 1–64 GiB each. */
const Pool = z
  .strictObject({
    nodes: z.int().min(1).max(1000).describe('number of nodes'),
    vcpu: z.int().min(2).max(128).multipleOf(2).describe('vCPU of a node, an even number'),
    memory: z.int().min(2).max(1024).describe('GiB of memory of a node'),
    bootVolume: z.int().min(50).max(32_768).default(100).describe("GiB of a node's boot volume"),
  })
  .refine(({ vcpu, memory }) => memory >= vcpu / 2 && memory <= vcpu * 32, 'must have 0.5 to 32 GiB of memory per vCPU')

const Process = z
  .strictObject({
    replicas: z.int().min(1).max(50).describe('pods of a cell'),
    most: z
      .int()
      .min(1)
      .max(50)
      .optional()
      .describe('pods that a cell may grow to under load; without it the number is fixed'),
    vcpu,
    burst: z.number().min(0.05).max(128).describe('vCPU that a pod may use while the node has them free'),
    memory,
  })
  .refine(({ replicas, most }) => most === undefined || most >= replicas, {
    path: ['most'],
    message: 'must be at least replicas',
  })
const Service = z.strictObject({ vcpu, memory })
const passwords = z
  .int()
  .min(1)
  .default(1)
  .describe('generation of the passwords of its users; one more makes new ones')
const Replicated = Service.extend({ replicas: z.int().min(1).max(50).describe('number of pods') })

const Circuit = z
  .strictObject({
    providerService: ocid('providerservice').describe("the partner's service, from Oracle's list of the region"),
    oracle: z
      .cidrv4()
      .regex(/\/(28|29|30|31)$/, 'must have a prefix of /28 to /31')
      .describe("Oracle's end of the BGP session, with the length of its prefix, such as 169.254.10.2/30"),
    sinet: z.cidrv4().describe("SINET's end of the BGP session, in the same range"),
  })
  .refine(({ oracle, sinet }) => neighbours(oracle, sinet), {
    path: ['sinet'],
    message: "must be another address in the range of Oracle's end",
  })

const Stack = z.strictObject({
  region: region.describe('Oracle Cloud region that holds everything'),
  homeRegion: region.describe("the tenancy's home region, where identities are written"),
  tenancyId: ocid('tenancy').describe('the tenancy'),
  compartment: ocid('compartment', 'tenancy').describe('compartment that holds everything'),
  tenancy: z
    .enum(['manage', 'existing'])
    .default('existing')
    .describe('whether this stack also keeps what exists once in a tenancy; one stack does'),
  tenants: z.string().min(1).describe("folder of the institutions' files, relative to infra/"),
  registry: z
    .string()
    .regex(/^[a-z0-9.-]+(\/[a-z0-9._-]+)+$/, 'must be a registry host and a path, such as nrt.ocir.io/example/kura')
    .describe('where all images are: our own, and the mirror of others'),
  zone: domain.describe("the platform's own domain; institutions without one of their own have hosts in it"),
  network: z
    .strictObject({
      addresses: z
        .cidrv4()
        .regex(/\/1[678]$/, 'must be a range of /16 to /18')
        .describe('addresses of the VCN'),
      services: z.cidrv4().describe("addresses of Kubernetes' Services"),
    })
    .refine(({ addresses, services }) => !overlap(addresses, services), {
      path: ['services'],
      message: 'must lie outside the addresses of the VCN',
    }),
  sinet: z
    .strictObject({
      bandwidth: z.enum(['1 Gbps', '2 Gbps', '5 Gbps', '10 Gbps']).describe('bandwidth of each circuit'),
      asn: z.int().min(1).max(4_294_967_295).describe('number of the autonomous system at the other end'),
      networks: z.array(z.cidrv4()).min(1).max(20).describe("NII's networks that are reached this way"),
      circuits: z.array(Circuit).min(1).max(2).describe('one virtual circuit, or two that back each other up'),
    })
    .describe('FastConnect to SINET'),
  bastion: z.strictObject({
    clients: z.array(z.cidrv4()).min(1).max(20).describe('networks from which operators may come'),
    session: z.int().min(30).max(180).default(180).describe('minutes after which a session ends'),
  }),
  operators: z
    .enum(['install', 'existing'])
    .default('install')
    .describe('whether this stack installs the charts and operators that the cluster needs'),
  kubernetes: z.strictObject({
    version: z
      .string()
      .regex(/^v1\.\d+\.\d+$/, 'must be a version such as v1.34.1')
      .describe('version of control plane and nodes'),
    nodeImage: z.string().min(1).describe('exact name of the OKE image that nodes run, made for that version'),
    nodeShape: z.string().endsWith('.Flex').describe('x86 shape of all nodes'),
    signedImages: z
      .array(ocid('key'))
      .default([])
      .describe('keys of which one must have signed every image of the cluster; none: signatures are not asked for'),
  }),
  pools: z.strictObject({
    web: Pool.safeExtend({
      most: z
        .int()
        .min(1)
        .max(1000)
        .optional()
        .describe('nodes that the pool may grow to under load; without it the number is fixed'),
    })
      .refine(({ nodes, most }) => most === undefined || most >= nodes, {
        path: ['most'],
        message: 'must be at least nodes',
      })
      .describe('nodes of the cells, and of everything that has no nodes of its own'),
    postgresql: Pool.refine(({ nodes }) => nodes >= 2, {
      path: ['nodes'],
      message: 'must be at least 2: pgpool-II needs a standby to read from',
    }).describe('nodes of PostgreSQL, one instance each'),
    pgpool: Pool.describe('nodes of pgpool-II, one instance each'),
    elasticsearch: Pool.refine(({ nodes }) => nodes >= 3, {
      path: ['nodes'],
      message: 'must be at least 3: two must agree on a master while one is gone',
    }).describe('nodes of Elasticsearch, one instance each'),
    rabbitmq: Pool.refine(({ nodes }) => nodes % 2 === 1 && nodes >= 3, {
      path: ['nodes'],
      message: 'must be an odd number of at least 3, so that a majority remains',
    }).describe('nodes of RabbitMQ, one instance each'),
  }),
  postgresql: z.strictObject({
    version: z.enum(['15', '16', '17', '18']).describe('major version'),
    volume,
    vcpu,
    memory,
    passwords,
  }),
  pgpool: z.strictObject({
    children: z
      .int()
      .min(10)
      .max(20_000)
      .describe('connections that one pgpool-II takes; PostgreSQL allows twice as many and a reserve'),
    vcpu,
    memory,
  }),
  elasticsearch: z.strictObject({ volume, vcpu, memory, passwords }),
  rabbitmq: z.strictObject({ volume, vcpu, memory, passwords }),
  redis: Service.extend({ passwords }),
  keys: z.strictObject({
    rotations: z
      .int()
      .min(0)
      .max(50)
      .describe('how often the encryption keys have been rotated. Add one to rotate; never take one away'),
    authorities: z
      .array(z.int().min(1))
      .min(1)
      .max(2)
      .default([1])
      .describe(
        'numbers of the certificate authorities that clients of the data services trust; the first certifies. Add one, put it first, then drop the old',
      ),
  }),
  storage: z
    .strictObject({
      keys: z
        .array(z.int().min(1))
        .min(1)
        .max(2)
        .default([1])
        .describe(
          'numbers of the S3 keys of each purpose that are valid; the last is in use. Add one to rotate, then drop the old',
        ),
      archiveDumps: days.describe('days after which dumps are moved to the archive'),
      keepDumps: days.describe('days that dumps are kept, and may not be deleted'),
      archiveLogs: days.describe('days after which logs are moved to the archive'),
      keepLogs: days.describe('days that logs are kept, and may not be deleted'),
      replica: region.optional().describe('region that contents and dumps are copied to; without it they are not'),
      mountTargets: z.int().min(1).max(20).describe('addresses of file storage; one takes about 50 cells'),
    })
    .refine(({ archiveDumps, keepDumps }) => archiveDumps < keepDumps, {
      path: ['archiveDumps'],
      message: 'must be less than keepDumps',
    })
    .refine(({ archiveLogs, keepLogs }) => archiveLogs < keepLogs, {
      path: ['archiveLogs'],
      message: 'must be less than keepLogs',
    }),
  edge: z.strictObject({
    bandwidth: z
      .strictObject({
        least: z.int().min(10).max(8000).describe('Mbit/s that each load balancer always has'),
        most: z.int().min(10).max(8000).describe('Mbit/s that it may grow to'),
      })
      .refine(({ least, most }) => least <= most, { path: ['most'], message: 'must be at least the least' }),
    requests: z
      .int()
      .min(10)
      .max(100_000)
      .describe('requests a minute that one address may send before it is asked to wait'),
    upload: z
      .int()
      .min(1)
      .max(1000)
      .describe('GiB of a request that the WAF lets pass; institutions have their own limits'),
    acme: z.url().describe("directory of the certificate authority (ACME), such as Let's Encrypt's"),
    issuer: domain.describe('how DNS names that authority (CAA), such as letsencrypt.org'),
    contact: z.email().describe('whom the certificate authority writes to'),
    gateway: Replicated.describe("Envoy, which brings readers' requests to the cells"),
  }),
  identity: z.strictObject({
    passwords: passwords.describe(
      'generation of the secrets by which Keycloak, its clients and the proxy know each other; one more makes new ones',
    ),
    provider: Replicated.describe('Keycloak'),
    proxy: Replicated.describe('the proxy to SAML federations'),
    federation: z.strictObject({
      metadata: z.url().describe("address of the federation's signed metadata, such as GakuNin's"),
      certificate: z
        .string()
        .regex(
          /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$/,
          'must be a certificate, PEM',
        )
        .describe('certificate by which it is signed, PEM'),
      discovery: z.url().describe("where people choose their institution, such as GakuNin's discovery service"),
      keys: z
        .array(z.int().min(1))
        .min(1)
        .max(2)
        .default([1])
        .describe(
          'numbers of our key pairs that are valid; the last is in use. Add one, register it, then drop the old',
        ),
    }),
    handle: Service.extend({
      prefix: z
        .string()
        .regex(/^\d+(\.\d+)*$/, 'must be a prefix such as 20.500.12345')
        .describe('prefix of our handles'),
    }).describe('Handle server'),
    scanner: Replicated.describe('ClamAV'),
  }),
  cells: z.strictObject({
    institutions: z.int().min(1).max(16).describe('institutions that one cell may hold'),
    connections: z.int().min(2).max(50).describe('database connections that one process of a cell holds at most'),
    passwords: passwords.describe(
      "generation of institutions' database passwords; one more makes new ones, a day at the earliest",
    ),
    sweep: z.int().min(1).max(3600).describe("seconds between two rounds of a worker over its cell's institutions"),
    rates: Rates.describe('requests that one client may make; a campus may stand behind a single address'),
    web: Process.describe('web processes of a cell'),
    worker: Process.describe('workers of a cell'),
    nginx: Service.describe('nginx beside each web process'),
    pins: z
      .record(name, z.string().min(1))
      .default({})
      .describe('version of the application for a cell that differs from the rest, by cell'),
  }),
  backups: z.strictObject({
    dumps: schedule.describe("when every institution's database is dumped"),
    base: schedule.describe('when a base backup of PostgreSQL goes to object storage'),
    physical: schedule.describe('when a physical backup of PostgreSQL goes to file storage'),
    snapshots: schedule.describe('when Elasticsearch is snapshotted'),
    keepBase: z.int().min(2).max(52).describe('base backups that are kept, with the WAL since the oldest'),
    keepPhysical: z.int().min(1).max(52).describe('physical backups that are kept'),
    keepSnapshots: days.describe('days that snapshots are kept'),
    offsite: z.strictObject({
      schedule: schedule.describe("when backups are copied to NII's storage"),
      endpoint: z.url().describe("NII's object storage, an address among kura:sinet.networks"),
      bucket: z.string().min(3).max(63).describe('bucket there'),
      bandwidth: z.int().min(1).max(10_000).describe('Mbit/s that the copy may use'),
      credentials: ocid('vaultsecret').describe(
        'secret of the vault with the keys there, as JSON: {"id": …, "secret": …}',
      ),
    }),
  }),
  logging: z.strictObject({
    keywords: z
      .array(z.string().min(2).max(100))
      .min(1)
      .max(50)
      .describe('words whose lines can be searched, in any case'),
    searchable: z.int().min(30).max(180).multipleOf(30).describe('days that logs can be searched: 30, 60 … 180'),
  }),
  alarms: z.strictObject({
    emails: z.array(z.email()).min(1).describe('who is woken'),
    webhooks: z
      .array(z.url({ protocol: /^https$/ }))
      .default([])
      .describe('what is told besides'),
  }),
  delivery: z.strictObject({
    host: z
      .enum(['GITHUB', 'GITLAB', 'GITLAB_SERVER', 'BITBUCKET_SERVER'])
      .describe('what serves the git repository, as the DevOps service calls it'),
    repository: z.url().describe('the git repository that is deployed'),
    branch: z.string().min(1).describe('its branch'),
    token: ocid('vaultsecret').describe('secret of the vault with a token that may read the repository'),
    promoteFrom: z
      .string()
      .min(1)
      .optional()
      .describe('registry from which our own images are taken, by their digests; without it they are built here'),
    state: z.url({ protocol: /^s3$/ }).describe("bucket of Pulumi's state, as its backend's address"),
    credentials: ocid('vaultsecret').describe(
      'secret of the vault with what the pipelines need, as JSON: {"passphrase": …, "id": …, "secret": …, "token": …}: of the state, the S3 key of its bucket, and a token that may push branches',
    ),
    approval: z.int().min(0).max(5).describe('approvals that a deployment waits for'),
    nightly: schedule.describe('when the declaration is compared with what runs'),
  }),
  budget: z.strictObject({
    monthly: z
      .int()
      .min(1)
      .describe('US dollars a month after which operators are warned, by the stack that keeps the tenancy'),
  }),
})

export const Settings = Stack.superRefine(({ network, sinet }, context) => {
  const taken = [network.addresses, network.services]
  for (const [index, range] of sinet.networks.entries())
    if (taken.some((own) => overlap(own, range)))
      context.addIssue({
        code: 'custom',
        path: ['sinet', 'networks', index],
        message: `${range} must lie outside the addresses of the VCN and of Services`,
      })
  for (const [index, { oracle }] of sinet.circuits.entries()) {
    const others = [...taken, ...sinet.circuits.slice(0, index).map((circuit) => circuit.oracle)]
    if (others.some((other) => overlap(other, oracle)))
      context.addIssue({
        code: 'custom',
        path: ['sinet', 'circuits', index, 'oracle'],
        message: `${oracle} must lie outside the VCN, Services and the other circuit`,
      })
  }
})

export type Settings = z.infer<typeof Settings>
export type PoolName = keyof Settings['pools']

/**
 * The settings of the stack that is being deployed.
 *
 * @throws pulumi.RunError naming each wrong, missing or unknown setting, its file and what is allowed.
 */
export function readSettings(): Settings {
  const prefix = `${pulumi.getProject()}:`
  const given = Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), structure(value)]),
  )
  const wrong = problems(Settings, given).map(({ path, message }) => said(path.join('.'), message))
  if (wrong.length > 0) throw new pulumi.RunError(wrong.join('\n'))
  return Settings.parse(given)
}

/** A setting that does not fit what else is declared; stops the program like any other wrong setting. */
export function wrongSetting(name: string, fault: string): pulumi.RunError {
  return new pulumi.RunError(said(name, fault))
}

function said(name: string, fault: string): string {
  return `Pulumi.${pulumi.getStack()}.yaml: ${pulumi.getProject()}:${name} ${fault}`
}

/** The engine hands structured values over as JSON, and everything else as text. */
function structure(value: string): unknown {
  return /^[[{]/.test(value) ? JSON.parse(value) : value
}
