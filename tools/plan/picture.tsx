import type { Child } from 'hono/jsx'
import { Arrow, Box, Count, Fact, Use } from './boxes.tsx'
import type { Plan } from './plan.ts'
import type { PoolPlan, State, WorkloadLine } from './pools.ts'
import { decimal, money, number } from './text.ts'

/** What stands on the web pool, by namespaces; whatever is in none of these belongs to the last. */
const GROUPS: [title: string, namespaces: string[]][] = [
  ['Cells', ['kura-cell-*', 'kura-directories']],
  ['Gateway, certificates', ['kura-edge']],
  ['Identity', ['kura-identity']],
  ['Cache, exporters', ['kura-data']],
  ['Backups', ['kura-backups']],
  ['Metrics', ['kura-operations']],
  ['Operators, add-ons', []],
]

/** What people call workloads whose names say less. */
const CALLED: Record<string, string> = {
  'kura-directories/cell-*': 'folders, made once',
  'kura-directories/elasticsearch': 'folder of snapshots',
  'kura-directories/postgresql': 'folder of physical backups',
  'kura-edge/kura': 'Envoy, the gateway',
  'kura-identity/keycloak': 'Keycloak',
  'kura-identity/proxy': 'SATOSA, the SAML proxy',
  'kura-identity/handle': 'Handle server',
  'kura-identity/scanner': 'ClamAV',
  'kura-identity/signatures': "ClamAV's signatures",
  'kura-data/kura-data-redis': 'Redis',
  'kura-data/kura-data-elasticsearch-exporter': "Elasticsearch's exporter",
  'kura-data/kura-data-elasticsearch-repositories': 'repositories of snapshots',
  'kura-data/kura-data-postgresql-exporter': "PostgreSQL's exporter",
  'kura-data/kura-data-postgresql-grants': 'grants',
  'kura-operations/prometheus': 'Prometheus',
  'kura-operations/management-agent': 'Management Agent',
}

/** Workloads of a group that have a line of their own. */
const LISTED = 9

/** The platform in the order of the operators' diagram: who comes from outside, the cloud, and what it is joined to. */
export function Picture({ plan }: { plan: Plan }) {
  return (
    <section class="map" aria-labelledby="picture">
      <h2 id="picture">The platform</h2>
      <div class="outside">
        <Box title="Readers, harvesters, depositors">{number(plan.edge.hosts)} host names</Box>
        <Arrow to="down" />
      </div>
      <div class="cloud">
        <h3>Oracle Cloud</h3>
        <Edge plan={plan} />
        <Arrow to="down" />
        <Kubernetes plan={plan} />
        <Arrow to="down" />
        <Keeping plan={plan} />
        <Operating plan={plan} />
      </div>
      <div class="ends">
        <div class="outside">
          <Arrow to="up" />
          <Box title="Operators">by way of the Bastion</Box>
        </div>
        <div class="outside">
          <Arrow to="up" />
          <Box title="Git repository">builds and deployments</Box>
        </div>
        <div class="outside">
          <Arrow to="down" />
          <div class="beside">
            <Box title="NII storage">copies of the backups</Box>
            <Arrow to="left" />
            <Box title="SINET">academic network</Box>
          </div>
        </div>
      </div>
    </section>
  )
}

function Edge({ plan }: { plan: Plan }) {
  const { edge } = plan
  const identity = edge.balancers.filter(({ name }) => name.endsWith('-identity'))
  const readers = edge.balancers.filter((one) => one.kind === 'load balancer' && !identity.includes(one))
  const network = edge.balancers.filter(({ kind }) => kind === 'network load balancer')
  return (
    <div class="row">
      <Box title="DNS">
        <Count plan={plan} name="zones" of="zones" />
        <Count plan={plan} name="record sets" of="record sets of the largest zone" />
      </Box>
      <Box title="WAF" parts={['kura-edge']} plan={plan}>
        <Count plan={plan} name="policies" of="policies" service="WAF" />
        <Count plan={plan} name="firewalls" of="firewalls" />
      </Box>
      <Arrow to="right" />
      <Box title="Load balancers">
        <Fact name="of cells">{number(readers.length)}</Fact>
        {edge.certificates.map(({ name, hosts, free }) => (
          <Fact name={name.replace(/^kura-/, '')}>
            {number(hosts)} hosts{free === null ? '' : `, ${number(free)} free`}
          </Fact>
        ))}
      </Box>
      <Box title="Load balancer of identity">
        <Fact name="together">{number(identity.length)}</Fact>
        <p>to Keycloak</p>
      </Box>
      <Box title="Network load balancer">
        <Fact name="together">{number(network.length)}</Fact>
        <p>to the Handle server</p>
      </Box>
    </div>
  )
}

function Kubernetes({ plan }: { plan: Plan }) {
  const { connections, search } = plan
  const pool = (name: string) => plan.pools.find((candidate) => candidate.name === name)
  const web = pool('web')
  return (
    <div class="cluster">
      <h3>OKE</h3>
      <PoolBox plan={plan} pool={web} title="Nodes of cells, and of all that has none of its own">
        <div class="groups">{web ? <Groups workloads={web.workloads} /> : null}</div>
      </PoolBox>
      <Arrow to="down" />
      <div class="row">
        <PoolBox plan={plan} pool={pool('pgpool')} title="pgpool-II">
          {connections ? (
            <>
              <Fact name="connections of cells">{number(connections.cells.connections)}</Fact>
              <Fact name="free with one gone">{number(connections.pgpool.freeShort)}</Fact>
            </>
          ) : null}
        </PoolBox>
        <Arrow to="right" />
        <PoolBox plan={plan} pool={pool('postgresql')} title="PostgreSQL">
          {connections ? (
            <>
              <Fact name="connections">{number(connections.used)}</Fact>
              <Fact name="of">{number(connections.postgresql.max)}</Fact>
            </>
          ) : null}
        </PoolBox>
        <PoolBox plan={plan} pool={pool('elasticsearch')} title="Elasticsearch">
          {search ? (
            <>
              <Fact name="shards on a node">
                {number(search.perNode)} of {number(search.limit)}
              </Fact>
              <Fact name="GiB of heap">{decimal(search.heap)}</Fact>
            </>
          ) : null}
        </PoolBox>
        <PoolBox plan={plan} pool={pool('rabbitmq')} title="RabbitMQ" />
      </div>
    </div>
  )
}

/** Where things are kept, and by what. */
function Keeping({ plan }: { plan: Plan }) {
  const { storage } = plan
  const gib = (volumes: { count: number; each: number }[]) =>
    number(volumes.reduce((sum, { count, each }) => sum + count * each, 0))
  const jobs = plan.pools
    .flatMap(({ workloads }) => workloads)
    .filter(({ name, kind }) => kind === 'CronJob' && name.startsWith('kura-backups/'))
  return (
    <div class="row">
      <Box title="Object storage" parts={['kura-storage']} plan={plan}>
        <Fact name="may be stored">{number(storage.limit)} GiB</Fact>
        {storage.used ? <Fact name="is stored">{number(storage.used.gib)} GiB</Fact> : null}
        <Fact name="buckets">{number(storage.buckets.length)}</Fact>
        <p>contents, dumps, WAL, snapshots, logs; copies in another region</p>
      </Box>
      <Box title="File storage" parts={['kura-files', 'kura-directories']} plan={plan}>
        <Fact name="file systems">{number(storage.fileSystems.length)}</Fact>
        <Fact name="mount targets">{number(storage.mountTargets)}</Fact>
      </Box>
      <Box title="Volumes">
        <Fact name="block">{gib(storage.blockVolumes)} GiB</Fact>
        <Fact name="boot">{gib(storage.bootVolumes)} GiB</Fact>
      </Box>
      <Box title="Backups" parts={['kura-backups']} plan={plan}>
        <Fact name="jobs">{number(jobs.length)}</Fact>
        <p>dumps, physical, snapshots, off-site, and their checks</p>
      </Box>
      <Box title="Vault" parts={['kura-keys']} plan={plan}>
        <Count plan={plan} name="key versions" of="key versions, hardware-protected" />
      </Box>
      <Box title="FastConnect" parts={['kura-network']} plan={plan}>
        <Count plan={plan} name="circuits" of="virtual circuits" />
        <p>the network with it</p>
      </Box>
    </div>
  )
}

/** How it is entered, changed and watched. */
function Operating({ plan }: { plan: Plan }) {
  return (
    <div class="row">
      <Box title="Bastion, rights" parts={['kura-access']} plan={plan}>
        <Count plan={plan} name="bastions" of="bastions" />
        <Count plan={plan} name="policies" of="policies" service="IAM" />
      </Box>
      <Box title="CI/CD" parts={['kura-delivery', 'kura-nightly']} plan={plan}>
        <Count plan={plan} name="repositories" of="repositories" service="Container Registry" />
        <Count plan={plan} name="pipelines" of="build pipelines" />
      </Box>
      <Box title="Logging" parts={['kura-logging']} plan={plan}>
        <Count plan={plan} name="logs" of="logs" />
        <Count plan={plan} name="connectors" of="connectors" />
      </Box>
      <Box title="Metrics, alarms" parts={['kura-metrics', 'kura-alarms']} plan={plan}>
        <Count plan={plan} name="alarms" of="alarms" />
        <Count plan={plan} name="checks from outside" of="basic monitors" />
      </Box>
      <Box title="Guard" parts={['kura-events', 'kura-tenancy']} plan={plan}>
        <Count plan={plan} name="rules of events" of="rules" />
        <Count plan={plan} name="budgets" of="budgets" />
      </Box>
      <Box title="Addresses of pods">
        <Fact name="held ready">{number(plan.podAddresses.held)}</Fact>
        <Fact name="of">{number(plan.podAddresses.all)}</Fact>
      </Box>
    </div>
  )
}

function PoolBox(props: { plan: Plan; pool: PoolPlan | undefined; title: string; children?: Child }) {
  const { plan, pool, title, children } = props
  if (!pool) return null
  const { name, nodes, vcpu, memory, workloads, steady, short, rolling } = pool
  const fits = ({ unplaced }: State) => (unplaced.length === 0 ? 'fits' : 'does not fit')
  const cost = plan.cost.lines.filter(({ what }) => what.startsWith(`${name} `))
  const onEach = workloads.filter(({ kind }) => kind === 'DaemonSet').length
  return (
    <section class="box pool">
      <h4>{title}</h4>
      <p>
        Pool {name}: {number(nodes)} nodes of {vcpu} vCPU, {memory} GiB
      </p>
      <div class="figures">
        <div>
          <Use name="vCPU" used={steady.used.cpu / 1000} free={steady.free.cpu / 1000} />
          <Use name="GiB" used={steady.used.memory / 1024} free={steady.free.memory / 1024} />
          <Use name="pods" used={steady.used.pods} free={steady.free.pods} />
        </div>
        <div>
          <Fact name="one node gone">{fits(short)}</Fact>
          <Fact name="everything rolling">{fits(rolling)}</Fact>
          <Fact name="pods on every node">{number(onEach)}</Fact>
          <Fact name={`${plan.cost.currency} a month, nodes`}>
            {money(cost.reduce((sum, { monthly }) => sum + monthly, 0))}
          </Fact>
        </div>
      </div>
      {children}
    </section>
  )
}

/** What stands on a pool beside what stands on every node, by what it is for. */
function Groups({ workloads }: { workloads: WorkloadLine[] }) {
  const last = GROUPS.length - 1
  const groups = Map.groupBy(
    workloads.filter(({ kind }) => kind !== 'DaemonSet'),
    ({ name }) => {
      const place = GROUPS.findIndex(([, namespaces]) => namespaces.includes(name.split('/')[0] ?? ''))
      return place === -1 ? last : place
    },
  )
  return (
    <>
      {GROUPS.map(([title], place) => {
        const lines = groups.get(place) ?? []
        if (lines.length === 0) return null
        const sum = (part: 'cpu' | 'memory') => lines.reduce((all, line) => all + line.pods * line[part], 0)
        return (
          <section class="box">
            <h5>{title}</h5>
            <Fact name="vCPU, GiB">
              {decimal(sum('cpu') / 1000)}, {decimal(sum('memory') / 1024)}
            </Fact>
            <ul>
              {lines.slice(0, LISTED).map(({ name, pods }) => (
                <li>
                  {CALLED[name] ?? name.split('/')[1]} <span class="number">×{number(pods)}</span>
                </li>
              ))}
              {lines.length > LISTED ? <li>and {number(lines.length - LISTED)} more</li> : null}
            </ul>
          </section>
        )
      })}
    </>
  )
}
