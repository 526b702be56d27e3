import * as pulumi from '@pulumi/pulumi'
import { z } from 'zod'
import { problems } from './explain.ts'
import { overlap } from './network/addresses.ts'

/**
 * What a stack may set, as `kura:<name>` in `Pulumi.<stack>.yaml`. Stacks differ in nothing else. Sizes are in vCPU and
 * GiB, as the operators count.
 */

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and hyphens, starting with a letter')
const vcpu = z.number().min(0.05).max(128).describe('vCPU that a pod asks for')
const memory = z.number().min(0.0625).max(1024).describe('GiB of memory that a pod asks for, and its limit')

/** 1 OCPU of an x86 shape is 2 vCPU, and a flexible shape takes whole ones with 1–64 GiB each. */
const Pool = z
  .strictObject({
    nodes: z.int().min(1).max(1000).describe('number of nodes'),
    vcpu: z.int().min(2).max(128).multipleOf(2).describe('vCPU of a node, an even number'),
    memory: z.int().min(2).max(1024).describe('GiB of memory of a node'),
    bootVolume: z.int().min(50).max(32_768).default(100).describe("GiB of a node's boot volume"),
  })
  .refine(({ vcpu, memory }) => memory >= vcpu / 2 && memory <= vcpu * 32, 'must have 0.5 to 32 GiB of memory per vCPU')

const Process = z.strictObject({
  replicas: z.int().min(1).max(50).describe('pods of a cell'),
  vcpu,
  burst: z.number().min(0.05).max(128).describe('vCPU that a pod may use while the node has them free'),
  memory,
})

const Address = z.strictObject({ url: z.url().describe('address inside the cluster, without credentials') })

export const Settings = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]+-[a-z]+-[0-9]$/, 'must be the name of an Oracle Cloud region, such as ap-tokyo-1')
    .describe('Oracle Cloud region that holds everything'),
  compartment: z
    .string()
    .regex(/^ocid1\.(compartment|tenancy)\./, 'must be the OCID of a compartment')
    .describe('compartment that holds everything'),
  tenants: z.string().min(1).describe("folder of the institutions' files, relative to infra/"),
  registry: z
    .string()
    .regex(/^[a-z0-9.-]+(\/[a-z0-9._-]+)+$/, 'must be a registry host and a path, such as nrt.ocir.io/example/kura')
    .describe('where our own images are'),
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
  kubernetes: z.strictObject({
    version: z
      .string()
      .regex(/^v1\.\d+\.\d+$/, 'must be a version such as v1.34.1')
      .describe('version of control plane and nodes'),
    nodeImage: z.string().min(1).describe('exact name of the OKE image that nodes run, made for that version'),
    nodeShape: z.string().endsWith('.Flex').describe('x86 shape of all nodes'),
  }),
  pools: z.strictObject({
    web: Pool.describe('nodes of the cells, and of everything that has no nodes of its own'),
    postgresql: Pool.refine(({ nodes }) => nodes >= 2, {
      path: ['nodes'],
      message: 'must be at least 2: pgpool-II needs a standby to read from',
    }).describe('nodes of PostgreSQL, one instance each'),
    pgpool: Pool.describe('nodes of pgpool-II, one instance each'),
    elasticsearch: Pool.describe('nodes of Elasticsearch'),
    rabbitmq: Pool.describe('nodes of RabbitMQ'),
  }),
  postgresql: z.strictObject({
    version: z.enum(['15', '16', '17', '18']).describe('major version'),
    volume: z.int().min(50).max(32_768).describe('GiB of the data volume of each instance'),
    vcpu,
    memory,
  }),
  pgpool: z.strictObject({
    children: z
      .int()
      .min(10)
      .max(4000)
      .describe('connections that one pgpool-II takes; PostgreSQL allows twice as many and a reserve'),
    vcpu,
    memory,
  }),
  elasticsearch: Address.describe('Elasticsearch'),
  rabbitmq: Address.describe('RabbitMQ'),
  redis: Address.describe('Redis'),
  gateway: z.strictObject({ namespace: name, name }).describe("the Gateway that brings readers' requests to the cells"),
  cells: z.strictObject({
    institutions: z.int().min(1).max(16).describe('institutions that one cell may hold'),
    connections: z.int().min(2).max(50).describe('database connections that one process of a cell holds at most'),
    sweep: z.int().min(1).max(3600).describe("seconds between two rounds of a worker over its cell's institutions"),
    web: Process.describe('web processes of a cell'),
    worker: Process.describe('workers of a cell'),
    pins: z
      .record(name, z.string().min(1))
      .default({})
      .describe('version of the application for a cell that differs from the rest, by cell'),
  }),
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
