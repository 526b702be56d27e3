import { RunError } from '@pulumi/pulumi/errors.js'
import type { TenantFile } from '../../app/tenancy/schema.ts'
import type { Settings } from '../settings.ts'
import { tenantFile } from '../tenants/read.ts'

/** Host names of institutions that one certificate may name: authorities take 100 names, and the group has its own. */
export const HOSTS_PER_GROUP = 90

/** Names in the platform's own domain that are not for institutions: what identifies people and items, and the groups. */
const IDENTITY_LABEL = 'login'
export const identityHost = ({ zone }: Pick<Settings, 'zone'>) => `${IDENTITY_LABEL}.${zone}`
export const groupLabel = (group: number) => `edge-${group}`
const FEDERATION_LABEL = 'federation'
const HANDLE_LABEL = 'handle'
export const federationHost = ({ zone }: Pick<Settings, 'zone'>) => `${FEDERATION_LABEL}.${zone}`
export const handleHost = ({ zone }: Pick<Settings, 'zone'>) => `${HANDLE_LABEL}.${zone}`
const isReserved = (label: string) =>
  [IDENTITY_LABEL, FEDERATION_LABEL, HANDLE_LABEL].includes(label) || /^edge-\d+$/.test(label)

/** Host names that one load balancer serves by one certificate. */
export interface HostGroup {
  /** 0 is the platform's own domain, by a wildcard; others are numbered by institutions' files (`group`). */
  number: number
  /** In the order of the alphabet. */
  hosts: string[]
}

/**
 * Sorts institutions' hosts to the load balancers that serve them: those directly below the platform's own domain to
 * group 0, which always exists, others to the one that the institution's file names. So a new institution changes the
 * certificate of its own group alone. Closed institutions stay: they still answer.
 *
 * @returns in the order of their numbers, which may have gaps
 * @throws RunError naming everything that is wrong at once, each with the institution's file and what is allowed.
 */
export function hostGroups(tenants: TenantFile[], settings: Pick<Settings, 'zone' | 'tenants'>): HostGroup[] {
  const { zone } = settings
  const wrong: string[] = []
  const groups = new Map<number, string[]>([[0, []]])
  for (const { id, hosts, group } of tenants)
    for (const host of hosts) {
      const fault = faultOf(host, zone, group)
      if (fault !== undefined) wrong.push(`${tenantFile(settings.tenants, id)}: host ${host} ${fault}`)
      else {
        const number = isBelow(host, zone) ? 0 : (group ?? 0)
        groups.set(number, [...(groups.get(number) ?? []), host])
      }
    }
  for (const [number, hosts] of groups)
    if (number > 0 && hosts.length > HOSTS_PER_GROUP)
      wrong.push(
        `${tenantFile(settings.tenants, '*')}: group ${number} has ${hosts.length} hosts; allowed: ${HOSTS_PER_GROUP}. ` +
          `Give new institutions another group; ${nextFree(groups)} has none yet`,
      )
  if (wrong.length > 0) throw new RunError(wrong.join('\n'))
  return [...groups].sort(([a], [b]) => a - b).map(([number, hosts]) => ({ number, hosts: hosts.sort() }))
}

function faultOf(host: string, zone: string, group: number | undefined): string | undefined {
  if (host === zone) return `is the platform's own domain itself; allowed: one name below it, such as library.${zone}`
  if (!isBelow(host, zone))
    return group === undefined ? `lies outside ${zone}: group is missing, the load balancer that serves it` : undefined
  const label = host.slice(0, -zone.length - 1)
  if (label.includes('.'))
    return `lies too deep: the certificate *.${zone} names one level; allowed: one name below ${zone}`
  if (isReserved(label)) return 'is the name of a part of the platform; allowed: any other below it'
  return undefined
}

function isBelow(host: string, zone: string): boolean {
  return host.endsWith(`.${zone}`)
}

function nextFree(groups: Map<number, string[]>): number {
  let number = 1
  while (groups.has(number)) number++
  return number
}
