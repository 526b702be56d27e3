import type { Container, PodSpec, Pods } from './pods.ts'

type SecurityContext = NonNullable<PodSpec['securityContext']> | NonNullable<Container['securityContext']>

/**
 * What pods say of a setting that a container may leave to its pod, with its path: the pod's own value, then that of
 * every container which has one. The pod's is there without a value too where a container relies on it.
 *
 * @param key path within a security context, such as `seccompProfile.type`
 */
export function settingsOf<Value>(
  { spec, at, containers }: Pods,
  key: string,
  read: (context: SecurityContext) => Value | undefined,
): { value: Value | undefined; at: string }[] {
  const setting = (context: SecurityContext | undefined, at: string) => ({
    value: context && (read(context) ?? undefined),
    at: `${at}.securityContext.${key}`,
  })
  const shared = setting(spec.securityContext, at)
  const own = containers
    .map(({ container, at }) => setting(container.securityContext, at))
    .filter(({ value }) => value !== undefined)
  return shared.value === undefined && own.length === containers.length ? own : [shared, ...own]
}

/** Whether the pods run on Windows, which has no capabilities, no users of Linux and no profiles of system calls. */
export function onWindows({ spec }: Pods): boolean {
  return spec.os?.name === 'windows'
}
