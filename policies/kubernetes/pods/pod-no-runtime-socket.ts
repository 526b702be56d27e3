import { podRule } from '../pods.ts'

/** Where container runtimes listen. `/var/run` is a link to `/run`, which leads nowhere from within a mounted `/var`. */
const SOCKETS = [
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/cri-dockerd.sock',
  '/run/podman/podman.sock',
]

export default podRule(
  {
    name: 'pod-no-runtime-socket',
    description:
      'No pod reaches the socket of the container runtime, which makes whoever writes to it root of the machine.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CKV_K8S_27'],
  },
  ({ spec, at }, tell) => {
    for (const [index, { hostPath }] of (spec.volumes ?? []).entries())
      if (hostPath && reaches(hostPath.path))
        tell({
          at: `${at}.volumes[${index}].hostPath.path`,
          is: hostPath.path,
          write: 'a folder without such a socket',
        })
  },
)

/** Whether a path is a socket or a folder above one: mounting it read-only keeps nobody from writing to a socket. */
function reaches(path: string): boolean {
  const folder = `/${path.split('/').filter(Boolean).join('/')}`.replace(/^\/var\/run(?=\/|$)/, '/run')
  return folder === '/' || SOCKETS.some((socket) => `${socket}/`.startsWith(`${folder}/`))
}
