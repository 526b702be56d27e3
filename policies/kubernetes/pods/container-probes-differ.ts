import { type Container, podRule } from '../pods.ts'

type Probe = NonNullable<Container['livenessProbe']>

export default podRule(
  {
    name: 'container-probes-differ',
    description:
      'A container that is busy is left alone before it is started again: its probes ask different things, or that waits longer.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score pod-probes-identical'],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers) {
      const { livenessProbe: liveness, readinessProbe: readiness } = container
      if (!liveness || !readiness || questionOf(liveness) !== questionOf(readiness)) continue
      if (patienceOf(liveness) <= patienceOf(readiness))
        tell({
          at: `${at}.livenessProbe`,
          holds: "the readiness probe's own question and no more patience",
          write: 'another question, or a higher failureThreshold',
        })
    }
  },
)

/** What a probe asks, whatever the order in which it says so. */
function questionOf({ httpGet, tcpSocket, exec, grpc }: Probe): string {
  const { path = '/', port: http } = httpGet ?? {}
  return JSON.stringify([
    httpGet && [path, http],
    tcpSocket?.port,
    exec && [...(exec.command ?? [])],
    grpc && [grpc.port, grpc.service],
  ])
}

/** Seconds until it is believed, with what Kubernetes takes where nothing is said. */
function patienceOf({ periodSeconds = 10, failureThreshold = 3 }: Probe): number {
  return periodSeconds * failureThreshold
}
