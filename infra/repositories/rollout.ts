import type { Settings } from '../settings.ts'

/** Pods that a Deployment may have above its replicas while it rolls. */
export const SURGE = 1

/** Seconds until the gateway has learnt that a pod ends; it still sends requests until then. */
export const UNLISTED_SECONDS = 5

/** Seconds that nginx gives requests under way once no new ones come; then the application ends, within 25. */
export const FINISHING_SECONDS = 25

/** Seconds that a pod may take to end. */
export const DRAIN_SECONDS = 60

/** Pods of a Deployment that exist at one time at most: its replicas, the one that comes and the one that drains. */
export function atOnce({ replicas, most = replicas }: { replicas: number; most?: number | undefined }): number {
  return most + SURGE + 1
}

/**
 * What the pods of one cell use together at most. vCPU and GiB are what they ask for; `burst` what they may use. A
 * purge is a pod more, of a worker's size: its two connections are not counted, since it may wait for another day.
 */
export function cellAtMost(
  { web, worker, nginx, connections }: Pick<Settings['cells'], 'web' | 'worker' | 'nginx' | 'connections'>,
  purges = 0,
) {
  const [webs, workers] = [atOnce(web), atOnce(worker)]
  const sum = (part: 'vcpu' | 'burst' | 'memory', beside: number) =>
    webs * (web[part] + beside) + (workers + purges) * worker[part]
  return {
    pods: webs + workers + purges,
    vcpu: sum('vcpu', nginx.vcpu),
    // nginx may use what the application may.
    burst: sum('burst', web.burst),
    memory: sum('memory', nginx.memory),
    connections: (webs + workers) * connections,
  }
}
