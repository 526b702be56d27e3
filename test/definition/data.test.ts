import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Evaluation, reveal } from '../../tools/evaluate/index.ts'
import { evaluateStacks } from './stacks.ts'

/** The services that keep data, as both stacks declare them. */

const SIZES = {
  dev: { postgresql: 2, elasticsearch: 3, heap: 4096, rabbitmq: 3 },
  prod: { postgresql: 3, elasticsearch: 13, heap: 26_624, rabbitmq: 3 },
}

const stacks: Record<string, Evaluation> = {}
beforeAll(async () => {
  Object.assign(stacks, await evaluateStacks())
}, 120_000)

// biome-ignore lint/suspicious/noExplicitAny: what is captured has no type.
type Any = any

describe.each(['dev', 'prod'] as const)('the data services of %s', (stack) => {
  const resource = (name: string) => {
    const found = stacks[stack]?.resources.find((candidate) => candidate.name === `kura-data-${name}`)
    if (!found) throw new Error(`kura-data-${name} is not declared`)
    return found
  }
  const inputs = (name: string): Any => reveal(resource(name).inputs)
  const outputs = (name: string): Any => reveal(resource(name).outputs)
  /** Pods of Deployments, StatefulSets and Jobs in the namespace, by the name of their resource. */
  const pods = () =>
    (stacks[stack]?.resources ?? [])
      .filter(({ type, name }) => /^kubernetes:(apps|batch)\//.test(type) && name.startsWith('kura-data-'))
      .map(({ name, inputs }) => ({ name, ...(reveal(inputs) as Any).spec.template }))

  test('run PostgreSQL on every node of its pool, each on its own, under the names and classes of the cluster', () => {
    const { spec } = inputs('postgresql-cluster')
    expect(spec).toMatchObject({
      numberOfInstances: SIZES[stack].postgresql,
      volume: { storageClass: 'kura-block' },
      podPriorityClassName: 'kura-data',
      patroni: { synchronous_mode: true, synchronous_mode_strict: false },
      tls: { secretName: 'kura-data-authority-postgresql' },
    })
    expect(spec.topologySpreadConstraints).toContainEqual({
      topologyKey: 'kubernetes.io/hostname',
      maxSkew: 1,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { 'cluster-name': 'kura-data-postgresql' } },
    })
  })

  test('give PostgreSQL no more memory than it has, however many connections there are', () => {
    const { postgresql, resources } = inputs('postgresql-cluster').spec
    const mib = (text: string) => Number(/^(\d+)(?:MB|Mi)$/.exec(text)?.[1])
    const { shared_buffers, maintenance_work_mem, autovacuum_max_workers, work_mem } = postgresql.parameters
    const limit = mib(resources.limits.memory)
    expect(mib(shared_buffers) + mib(maintenance_work_mem) * Number(autovacuum_max_workers)).toBeLessThan(limit / 2)
    expect(mib(work_mem)).toBeGreaterThanOrEqual(4)
  })

  test('archive the WAL and make base backups by the key of their own purpose, which is in no plain value', () => {
    const { env } = inputs('postgresql-cluster').spec
    const values = Object.fromEntries(env.map(({ name, value }: Any) => [name, value]))
    expect(values).toMatchObject({
      USE_WALG_BACKUP: 'true',
      AWS_S3_FORCE_PATH_STYLE: 'true',
      WALG_DISABLE_S3_SSE: 'true',
      WAL_BUCKET_SCOPE_PREFIX: '',
      BACKUP_SCHEDULE: '0 17 * * 6',
    })
    expect(values.AWS_ENDPOINT).toMatch(/^https:\/\//)
    // The id is none: it is plain, so that another key rolls the instances.
    const secret = env.find(({ name }: Any) => name === 'AWS_SECRET_ACCESS_KEY')
    expect(secret).toEqual({
      name: 'AWS_SECRET_ACCESS_KEY',
      valueFrom: { secretKeyRef: { name: 'kura-data-postgresql-wal', key: 'secret' } },
    })
    expect(values.AWS_ACCESS_KEY_ID).toBe(
      stacks[stack]?.resources.find(({ name }) => name === 'kura-storage-wal-user-key-1')?.id,
    )
  })

  test('make every role with a password of its own, under the name that the operator looks for', () => {
    const { users, databases } = inputs('postgresql-cluster').spec
    expect(users).toEqual({
      kura_provisioner: ['createdb', 'createrole'],
      kura_backup: ['replication'],
      kura_monitoring: [],
      keycloak: [],
      handle: [],
    })
    expect(databases).toEqual({ kura: 'kura_provisioner', keycloak: 'keycloak', handle: 'handle' })
    const passwords = ['provisioner', 'backup', 'monitoring', 'identity', 'handle'].map((role) => {
      const { metadata, stringData } = inputs(`postgresql-roles-${role}-secret`)
      expect(metadata.name).toBe(
        `${stringData.username.replaceAll('_', '-')}.kura-data-postgresql.credentials.postgresql.acid.zalan.do`,
      )
      return stringData.password
    })
    expect(new Set(passwords).size).toBe(5)
  })

  test('let nobody into PostgreSQL without TLS and a password, and nobody replicate but two', () => {
    const rules: string[] = inputs('postgresql-cluster').spec.patroni.pg_hba
    const remote = rules.filter((rule) => !/^local|127\.0\.0\.1|::1/.test(rule))
    expect(remote.every((rule) => rule.startsWith('hostssl ') && rule.endsWith(' scram-sha-256'))).toBe(true)
    expect(remote.filter((rule) => rule.includes(' replication '))).toEqual([
      'hostssl replication standby,kura_backup all scram-sha-256',
    ])
  })

  test('run Elasticsearch on every node of its pool, all alike, with a heap of at most 31 GiB', () => {
    const { spec } = inputs('elasticsearch-nodes-set')
    expect(spec).toMatchObject({ replicas: SIZES[stack].elasticsearch, podManagementPolicy: 'Parallel' })
    expect(spec.template.spec.topologySpreadConstraints).toContainEqual(
      expect.objectContaining({ topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' }),
    )
    const { data } = inputs('elasticsearch-nodes-configuration')
    expect(data['kura.options']).toContain(`-Xmx${SIZES[stack].heap}m`)
    expect(SIZES[stack].heap).toBeLessThanOrEqual(31 * 1024)
    expect(parse(data['elasticsearch.yml'])).toMatchObject({
      'node.roles': ['master', 'data', 'ingest'],
      'cluster.initial_master_nodes': [0, 1, 2].map((ordinal) => `kura-data-elasticsearch-nodes-${ordinal}`),
      'discovery.seed_hosts': ['kura-data-elasticsearch-peers.kura-data.svc'],
      'xpack.security.http.ssl.enabled': true,
      'xpack.security.transport.ssl.enabled': true,
      's3.client.default.path_style_access': true,
      's3.client.default.disable_chunked_encoding': true,
    })
    expect(inputs('elasticsearch-disruption-budget').spec.maxUnavailable).toBe(1)
  })

  test("show a machine's labels to Elasticsearch's first container alone", () => {
    const { spec } = inputs('elasticsearch-nodes-set').spec.template
    expect(spec.automountServiceAccountToken).toBe(false)
    const mounting = [...spec.initContainers, ...spec.containers].filter(({ volumeMounts }: Any) =>
      volumeMounts.some(({ name }: Any) => name === 'token'),
    )
    expect(mounting.map(({ name }) => name)).toEqual(['prepare'])
    expect(inputs('elasticsearch-nodes-role').rules).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
    ])
  })

  test('give Elasticsearch users whose roles are declared, and no password in the clear', () => {
    const realm = inputs('elasticsearch-realm-secret').stringData
    const users = realm.users
      .trim()
      .split('\n')
      .map((line: string) => line.split(':'))
    expect(users.map(([name]: string[]) => name)).toEqual(['kura', 'snapshots', 'monitoring'])
    for (const [, hash] of users) expect(hash).toMatch(/^\$2a\$10\$.{53}$/)
    expect(Object.keys(parse(realm['roles.yml']))).toEqual(users.map(([name]: string[]) => name))
    // Elasticsearch cuts the file at lines that begin with a name.
    expect(realm['roles.yml']).toMatch(/^kura:\n {2}cluster:\n/)
  })

  test('register a repository in object storage, without conditional writes, and one in file storage, which is mounted', () => {
    const { data } = inputs('elasticsearch-repositories-configuration')
    expect(JSON.parse(data['objects.json'])).toMatchObject({
      type: 's3',
      settings: { unsafely_incompatible_with_s3_conditional_writes: true },
    })
    const { location } = JSON.parse(data['files.json']).settings
    const [container] = inputs('elasticsearch-nodes-set').spec.template.spec.containers
    expect(container.volumeMounts).toContainEqual({ name: 'backups', mountPath: dirname(location) })
    expect(inputs('elasticsearch-backups-volume').spec).toMatchObject({
      persistentVolumeReclaimPolicy: 'Retain',
      csi: { driver: 'fss.csi.oraclecloud.com' },
    })
  })

  test('run RabbitMQ on every node of its pool, by TLS alone, with users that RabbitMQ can check', () => {
    const { spec } = inputs('rabbitmq-cluster')
    expect(spec).toMatchObject({ replicas: SIZES[stack].rabbitmq, tls: { disableNonTLSListeners: true } })
    const { users, vhosts, permissions } = JSON.parse(inputs('rabbitmq-definitions').stringData['definitions.json'])
    expect(vhosts).toMatchObject([{ name: 'kura', metadata: { default_queue_type: 'quorum' } }])
    expect(permissions.map(({ user, write }: Any) => [user, write])).toEqual([
      ['kura', '.*'],
      ['monitoring', '^$'],
    ])
    for (const [index, name] of ['application', 'monitoring'].entries()) {
      const stored = Buffer.from(users[index].password_hash, 'base64')
      const password = outputs(`rabbitmq-${name}`).result
      expect(stored.subarray(4)).toEqual(createHash('sha256').update(stored.subarray(0, 4)).update(password).digest())
    }
  })

  test('bound Redis, which keeps nothing, and let its user do nothing to the server', () => {
    const { data } = inputs('redis-configuration')
    expect(data['redis.conf']).toMatch(/^save ""$/m)
    expect(data['redis.conf']).toMatch(/^appendonly no$/m)
    expect(data['redis.conf']).toMatch(/^maxmemory-policy allkeys-lru$/m)
    expect(data['redis.conf']).toMatch(/^port 0$/m)
    const memory = inputs('redis-deployment').spec.template.spec.containers[0].resources.limits.memory
    const most = Number(/^maxmemory (\d+)mb$/m.exec(data['redis.conf'])?.[1])
    expect(most).toBeLessThan(Number(memory.replace('Mi', '')) * 0.8)
    const hash = createHash('sha256').update(outputs('redis-password').result).digest('hex')
    expect(inputs('redis-users').stringData['users.acl']).toContain(
      `user kura on #${hash} ~* resetchannels +@all -@admin -@dangerous`,
    )
  })

  test('certify every server for the host that its clients call', () => {
    const hosts = (server: string): string[] => inputs(`authority-${server}`).spec.dnsNames
    for (const server of ['postgresql', 'pgpool', 'elasticsearch', 'rabbitmq', 'redis'])
      expect(hosts(server)).toContain(`kura-data-${server}.kura-data.svc`)
  })

  test('run every pod of ours without rights', () => {
    for (const { name, spec } of pods()) {
      expect(spec.automountServiceAccountToken, name).toBe(false)
      expect(spec.securityContext.runAsNonRoot, name).toBe(true)
      for (const { securityContext, resources } of [...(spec.initContainers ?? []), ...spec.containers]) {
        expect(securityContext, name).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
        expect(resources.limits.memory, name).toBe(resources.requests.memory)
      }
    }
  })

  test('roll their pods when their configuration changes, and mount what is declared', () => {
    const declared = new Set(
      (stacks[stack]?.resources ?? [])
        .map(({ inputs }) => (reveal(inputs) as Any).metadata)
        .filter((metadata) => metadata?.namespace === 'kura-data')
        .map(({ name }) => name),
    )
    for (const { name, spec } of pods())
      for (const { configMap, secret, projected } of spec.volumes ?? []) {
        const named = [configMap?.name, secret?.secretName]
        for (const source of projected?.sources ?? []) named.push(source.configMap?.name, source.secret?.name)
        // The operator makes the superuser's, and Kubernetes the certificate of its own API.
        for (const object of named.filter(Boolean))
          if (!/^postgres\.|^kube-root-ca\.crt$/.test(object)) expect(declared, `${name}: ${object}`).toContain(object)
      }
  })

  test('are denied everything by default, and reached by nobody else than who needs them', () => {
    const policies = (stacks[stack]?.resources ?? [])
      .filter(({ type, name }) => type.endsWith(':NetworkPolicy') && name.startsWith('kura-data-'))
      .map(({ inputs }) => reveal(inputs) as Any)
    const named = (name: string) => policies.find(({ metadata }) => metadata.name === name).spec
    expect(named('deny-all')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
    const cells = { namespaceSelector: { matchExpressions: [{ key: 'kura/cell', operator: 'Exists' }] } }
    const fromCells = policies
      .filter(({ spec }) => JSON.stringify(spec.ingress ?? []).includes(JSON.stringify(cells)))
      .map(({ metadata }) => metadata.name)
    expect(fromCells.sort()).toEqual(['allow-elasticsearch', 'allow-pgpool', 'allow-rabbitmq', 'allow-redis'])
    // Every policy but the first names pods that are declared, by ours or by an operator.
    const labels = [
      ...pods().map(({ metadata }) => metadata.labels),
      { 'cluster-name': 'kura-data-postgresql' },
      { 'app.kubernetes.io/name': 'kura-data-rabbitmq', 'app.kubernetes.io/component': 'rabbitmq' },
    ]
    for (const { metadata, spec } of policies)
      if (metadata.name !== 'deny-all')
        expect(
          labels.some((own) =>
            Object.entries(spec.podSelector.matchLabels).every(([key, value]) => own[key] === value),
          ),
          metadata.name,
        ).toBe(true)
  })

  test('tell the plan of the pods that operators make', () => {
    expect([outputs('postgresql').workloads, outputs('rabbitmq').workloads]).toMatchObject([
      [{ pool: 'postgresql', replicas: SIZES[stack].postgresql }],
      [{ pool: 'rabbitmq', replicas: SIZES[stack].rabbitmq }],
    ])
  })
})
