import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Child } from 'hono/jsx'
import { raw } from 'hono/utils/html'
import type { Plan } from './plan.ts'
import type { PoolPlan, State } from './pools.ts'
import { decimal, money, number } from './text.ts'

/** Workloads of a pool that have a line of their own in its box. */
const LISTED = 6

const style = readFileSync(join(import.meta.dirname, 'html.css'), 'utf8')

/** The platform as a picture, like the operators' own, with the plan's figures: one file that needs no other. */
export function pageOf(plan: Plan): string {
  const { stack, institutions, cells, resources, cost, problems } = plan
  const title = `Kura, ${stack}`
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        <header>
          <h1>{title}</h1>
          <p>
            {number(institutions)} institutions in {number(cells)} cells, {number(resources.total)} resources,{' '}
            {cost.currency} {money(cost.total)} a month by the list prices of {cost.date}
          </p>
          {problems.length === 0 ? (
            <p class="fits">Everything fits.</p>
          ) : (
            <div class="short">
              <p>What does not fit:</p>
              <ul>
                {problems.map((problem) => (
                  <li>{problem}</li>
                ))}
              </ul>
            </div>
          )}
        </header>
        <main>
          <Picture plan={plan} />
          <Costs plan={plan} />
        </main>
      </body>
    </html>
  )
  return `<!DOCTYPE html>\n${page}\n`
}

function Picture({ plan }: { plan: Plan }) {
  const { edge, storage, connections, search } = plan
  const pool = (name: string) => plan.pools.find((candidate) => candidate.name === name)
  const count = (what: string) => plan.limits.find((line) => line.what === what)?.needed ?? 0
  const gib = (volumes: { count: number; each: number }[]) =>
    number(volumes.reduce((sum, { count: all, each }) => sum + all * each, 0))
  return (
    <section class="map" aria-labelledby="picture">
      <h2 id="picture">The platform</h2>

      <div class="outside">
        <Box title="Readers, harvesters">{number(edge.hosts)} host names</Box>
        <Arrow to="down" />
      </div>

      <div class="cloud">
        <h3>Oracle Cloud</h3>
        <div class="row">
          <Box title="DNS, WAF" parts={['kura-edge']} plan={plan}>
            <Fact name="zones">{number(count('zones'))}</Fact>
            <Fact name="WAF policies">{number(count('policies'))}</Fact>
          </Box>
          <Arrow to="right" />
          <Box title="Load balancers">
            <Fact name="together">{number(edge.balancers.length)}</Fact>
            {edge.certificates.map(({ name, hosts, free }) => (
              <Fact name={name}>
                {number(hosts)} hosts, {free === null ? 'by a wildcard' : `${number(free)} free`}
              </Fact>
            ))}
          </Box>
          <Arrow to="right" />
          <Box title="Gateway" parts={['kura-gateway']} plan={plan}>
            Routes each host to its cell
          </Box>
        </div>
        <Arrow to="down" />

        <div class="cluster">
          <h3>OKE</h3>
          <div class="row">
            <PoolBox pool={pool('web')} title="Cells, and all without nodes of their own" />
            <Arrow to="right" />
            <div class="stack">
              <div class="row">
                <PoolBox pool={pool('pgpool')} title="pgpool-II">
                  {connections ? (
                    <Fact name="connections">
                      {number(connections.used)}, {number(connections.pgpool.freeShort)} free with one gone
                    </Fact>
                  ) : null}
                </PoolBox>
                <Arrow to="right" />
                <PoolBox pool={pool('postgresql')} title="PostgreSQL">
                  {connections ? <Fact name="connections at most">{number(connections.postgresql.max)}</Fact> : null}
                </PoolBox>
              </div>
              <div class="row">
                <PoolBox pool={pool('elasticsearch')} title="Elasticsearch">
                  {search ? (
                    <Fact name="shards on a node">
                      {number(search.perNode)} of {number(search.limit)}
                    </Fact>
                  ) : null}
                </PoolBox>
                <PoolBox pool={pool('rabbitmq')} title="RabbitMQ" />
              </div>
            </div>
          </div>
        </div>
        <Arrow to="down" />

        <div class="row">
          <Box title="Object storage" parts={['kura-storage']} plan={plan}>
            <Fact name="may be stored">{number(storage.limit)} GiB</Fact>
            {storage.used ? <Fact name="is stored">{number(storage.used.gib)} GiB</Fact> : null}
            <Fact name="buckets">{number(storage.buckets.length)}</Fact>
          </Box>
          <Box title="File storage" parts={['kura-files']} plan={plan}>
            <Fact name="file systems">{number(storage.fileSystems.length)}</Fact>
            <Fact name="mount targets">{number(storage.mountTargets)}</Fact>
          </Box>
          <Box title="Volumes">
            <Fact name="block">{gib(storage.blockVolumes)} GiB</Fact>
            <Fact name="boot">{gib(storage.bootVolumes)} GiB</Fact>
          </Box>
          <Box title="Backups" parts={['kura-backups']} plan={plan} />
          <Box title="Keys" parts={['kura-keys']} plan={plan}>
            <Fact name="key versions">{number(count('key versions, hardware-protected'))}</Fact>
          </Box>
          <Box title="Identity" parts={['kura-identity']} plan={plan}>
            Keycloak, SAML proxy, Handle, ClamAV
          </Box>
        </div>

        <div class="row">
          <Box title="Bastion, rights" parts={['kura-access']} plan={plan}>
            <Fact name="bastions">{number(count('bastions'))}</Fact>
          </Box>
          <Box title="CI/CD" parts={['kura-delivery']} plan={plan}>
            <Fact name="repositories">{number(count('repositories'))}</Fact>
          </Box>
          <Box title="Logging" parts={['kura-logging']} plan={plan}>
            <Fact name="logs">{number(count('logs'))}</Fact>
          </Box>
          <Box title="Metrics, alarms" parts={['kura-metrics', 'kura-alarms']} plan={plan}>
            <Fact name="alarms">{number(count('alarms'))}</Fact>
          </Box>
          <Box title="Network" parts={['kura-network']} plan={plan}>
            <Fact name="pod addresses">{number(plan.podAddresses.held)}</Fact>
            <Fact name="of">{number(plan.podAddresses.all)}</Fact>
          </Box>
          <Box title="FastConnect">
            <Fact name="circuits">{number(count('virtual circuits'))}</Fact>
          </Box>
        </div>
      </div>

      <div class="ends">
        <div class="outside">
          <Arrow to="up" />
          <Box title="Operators">through the Bastion</Box>
        </div>
        <div class="outside">
          <Arrow to="down" />
          <div class="beside">
            <Box title="NII">Storage</Box>
            <Arrow to="left" />
            <Box title="SINET">Academic network</Box>
          </div>
        </div>
      </div>
    </section>
  )
}

/** A box of the picture; with the parts that declare it, their resources and what they cost. */
function Box(props: { title: string; parts?: string[]; plan?: Plan; children?: Child }) {
  const { title, parts = [], plan, children } = props
  const ours = ({ part }: { part: string }) => parts.includes(part)
  const resources = plan?.resources.parts.filter(ours).reduce((sum, { resources: count }) => sum + count, 0)
  const costs = plan?.cost.parts.filter(ours) ?? []
  return (
    <section class="box">
      <h4>{title}</h4>
      <div>{children}</div>
      {resources === undefined ? null : <Fact name="resources">{number(resources)}</Fact>}
      {costs.length === 0 ? null : (
        <Fact name={`${plan?.cost.currency} a month`}>
          {money(costs.reduce((sum, { monthly }) => sum + monthly, 0))}
        </Fact>
      )}
    </section>
  )
}

function PoolBox({ pool, title, children }: { pool: PoolPlan | undefined; title: string; children?: Child }) {
  if (!pool) return null
  const { name, nodes, vcpu, memory, workloads, steady, short, rolling } = pool
  const fits = ({ unplaced }: State) => (unplaced.length === 0 ? 'fits' : 'does not fit')
  return (
    <section class="box pool">
      <h4>{title}</h4>
      <p>
        Pool {name}: {number(nodes)} nodes of {vcpu} vCPU, {memory} GiB
      </p>
      <Use name="vCPU" used={steady.used.cpu / 1000} free={steady.free.cpu / 1000} />
      <Use name="GiB" used={steady.used.memory / 1024} free={steady.free.memory / 1024} />
      <Use name="pods" used={steady.used.pods} free={steady.free.pods} />
      <Fact name="one node gone">{fits(short)}</Fact>
      <Fact name="everything rolling">{fits(rolling)}</Fact>
      {children}
      {workloads.length === 0 ? null : (
        <ul>
          {workloads.slice(0, LISTED).map((line) => (
            <li>
              {line.name} <span class="number">×{number(line.pods)}</span>
            </li>
          ))}
          {workloads.length > LISTED ? <li>and {workloads.length - LISTED} more</li> : null}
        </ul>
      )}
    </section>
  )
}

function Fact({ name, children }: { name: string; children?: Child }) {
  return (
    <p class="fact">
      <span>{name}</span> <span class="number">{children}</span>
    </p>
  )
}

/** How much of something is used, as a bar with its figures. */
function Use({ name, used, free }: { name: string; used: number; free: number }) {
  const all = used + free
  const share = all === 0 ? 0 : Math.min(1, used / all)
  return (
    <p class="fact use">
      <span>{name}</span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="all" width="100" height="8" />
        <rect class="used" width={String(100 * share)} height="8" />
      </svg>
      <span class="number">
        {decimal(used)} of {decimal(all)}
      </span>
    </p>
  )
}

const ARROWS = {
  right: 'M2 12h18m-6-6 6 6-6 6',
  left: 'M22 12H4m6-6-6 6 6 6',
  down: 'M12 2v18m-6-6 6 6 6-6',
  up: 'M12 22V4m-6 6 6-6 6 6',
}

function Arrow({ to }: { to: keyof typeof ARROWS }) {
  return (
    <svg class={`arrow ${to}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={ARROWS[to]} />
    </svg>
  )
}

function Costs({ plan: { cost } }: { plan: Plan }) {
  return (
    <section aria-labelledby="cost">
      <h2 id="cost">What a month costs</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" class="number">
              {cost.currency}
            </th>
          </tr>
        </thead>
        <tbody>
          {cost.parts.map(({ part, monthly }) => (
            <tr>
              <th scope="row">{part}</th>
              <td class="number">{money(monthly)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">together</th>
            <td class="number">{money(cost.total)}</td>
          </tr>
        </tfoot>
      </table>
      <h3>Reckoned with</h3>
      <ul>
        {cost.assumptions.map((assumption) => (
          <li>{assumption}</li>
        ))}
      </ul>
      <h3>Not in the sum</h3>
      <ul>
        {cost.unpriced.map((thing) => (
          <li>{thing}</li>
        ))}
      </ul>
    </section>
  )
}
