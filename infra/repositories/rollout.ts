import type { Settings } from '../settings.ts'

/** Pods that a Deployment may have above its replicas while it rolls. */
export const SURGE = 1

/** Seconds that a pod may take to end: requests under way are finished, no new ones come. */
export const DRAIN_SECONDS = 60

/** Pods of a Deployment that exist at one time at most: its replicas, the one that comes and the one that drains. */
export function atOnce(replicas: number): number {
  return replicas + SURGE + 1
}

/** What the pods of one cell use together at most. vCPU and GiB are what they ask for; `bursts` what they may use. */
export function cellAtMost({ web, worker, connections }: Pick<Settings['cells'], 'web' | 'worker' | 'connections'>) {
  const sum = (part: 'vcpu' | 'burst' | 'memory') =>
    atOnce(web.replicas) * web[part] + atOnce(worker.replicas) * worker[part]
  const pods = atOnce(web.replicas) + atOnce(worker.replicas)
  return { pods, vcpu: sum('vcpu'), burst: sum('burst'), memory: sum('memory'), connections: pods * connections }
}
