import { type Container, podRule } from '../pods.ts'

export default podRule(
  {
    name: 'container-ports-distinct',
    description:
      'Containers of a pod, which share its address, listen on different ports, and probes name ports that there are.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score container-ports-check'],
  },
  ({ containers }, tell) => {
    const taken = new Map<string, string>()
    for (const { container, at, stage } of containers) {
      const ports = container.ports ?? []
      // An init container that ends has given its ports back when the others start.
      const stays = stage !== 'init' || container.restartPolicy === 'Always'
      for (const [index, { containerPort, protocol = 'TCP' }] of ports.entries()) {
        const key = `${containerPort}/${protocol}`
        const path = `${at}.ports[${index}].containerPort`
        const other = taken.get(key)
        if (other) tell({ at: path, is: containerPort, write: `another than that of ${other}` })
        else if (stays) taken.set(key, path)
      }
      const names = ports.map(({ name }) => name)
      for (const { name, at: path } of namedPorts(container))
        if (!names.includes(name)) tell({ at: `${at}.${path}`, is: name, write: 'the name of one of its own ports' })
    }
  },
)

/** The ports that a container's probes and hooks name. */
function namedPorts(container: Container): { name: string; at: string }[] {
  const handlers = {
    livenessProbe: container.livenessProbe,
    readinessProbe: container.readinessProbe,
    startupProbe: container.startupProbe,
    'lifecycle.postStart': container.lifecycle?.postStart,
    'lifecycle.preStop': container.lifecycle?.preStop,
  }
  return Object.entries(handlers).flatMap(([at, handler]) =>
    (['httpGet', 'tcpSocket'] as const).flatMap((action) => {
      const port = handler?.[action]?.port
      return typeof port === 'string' && !/^\d+$/.test(port) ? [{ name: port, at: `${at}.${action}.port` }] : []
    }),
  )
}
