import type { HostGroup } from '../edge/host-groups.ts'
import { identityHost } from '../edge/host-groups.ts'
import type { Settings } from '../settings.ts'

/** Hosts that are looked at from outside: one for each load balancer, which all hosts behind it share. */
export function watchedHosts(groups: HostGroup[], settings: Pick<Settings, 'zone'>): { name: string; host: string }[] {
  return [
    ...groups.flatMap(({ number, hosts: [host] }) => (host === undefined ? [] : [{ name: `group-${number}`, host }])),
    { name: 'identity', host: identityHost(settings) },
  ]
}
