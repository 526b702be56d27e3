import type { Child } from 'hono/jsx'
import type { Plan } from './plan.ts'
import { decimal, money, number } from './text.ts'

/* What the picture is made of. */

/** A box of the picture; with the parts that declare it, their resources and what they cost. */
export function Box(props: { title: string; parts?: string[]; plan?: Plan; children?: Child }) {
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

/** How many of what a limit counts there are. */
export function Count({ plan, name, of, service }: { plan: Plan; name: string; of: string; service?: string }) {
  const line = plan.limits.find((limit) => limit.what === of && (service === undefined || limit.service === service))
  return <Fact name={name}>{number(line?.needed ?? 0)}</Fact>
}

/** A figure with its name. */
export function Fact({ name, children }: { name: string; children?: Child }) {
  return (
    <p class="fact">
      <span>{name}</span> <span class="number">{children}</span>
    </p>
  )
}

/** How much of something is used, as a bar with its figures. */
export function Use({ name, used, free }: { name: string; used: number; free: number }) {
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

/** Which way requests, copies and people go. */
export function Arrow({ to }: { to: keyof typeof ARROWS }) {
  return (
    <svg class={`arrow ${to}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={ARROWS[to]} />
    </svg>
  )
}
