import type { Pods } from './pods.ts'

/** Kinds whose pods end when their work is done. */
const ENDING = ['Job', 'CronJob']

/**
 * Containers that run until they are stopped and listen on a port: sidecars among them, which are init containers that
 * are started again. What comes to an end is never asked how it is.
 */
export function listeningOf({ kind, spec, containers }: Pods): Pods['containers'] {
  const { restartPolicy = 'Always' } = spec
  if (ENDING.includes(kind) || restartPolicy !== 'Always') return []
  return containers.filter(
    ({ container, stage }) =>
      (stage === 'main' || (stage === 'init' && container.restartPolicy === 'Always')) && container.ports?.length,
  )
}
