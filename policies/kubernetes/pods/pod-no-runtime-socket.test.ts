import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './pod-no-runtime-socket.ts'

const mounts = (path: string) => deployment({ volumes: [{ name: 'host', hostPath: { path } }] })

cases(rule, {
  passes: {
    'pods without volumes': deployment({}),
    'volumes of other types': deployment({ volumes: [{ name: 'tmp', emptyDir: {} }] }),
    'another folder of the machine': mounts('/var/log'),
    'a folder with a link to it': mounts('/var'),
    'a neighbour of the socket': mounts('/var/run/docker'),
    'a folder whose name begins as one above it': mounts('/run/contain'),
  },
  breaks: {
    "Docker's socket": [
      mounts('/var/run/docker.sock'),
      'web: spec.template.spec.volumes[0].hostPath.path is "/var/run/docker.sock"; write a folder without such a socket.',
    ],
    "containerd's socket under its other name": [mounts('/run/containerd/containerd.sock'), /containerd/],
    "CRI-O's folder": [mounts('/var/run/crio/'), /crio/],
    'a folder above it': [mounts('/var/run'), /"\/var\/run"/],
    everything: [mounts('/'), /"\/"/],
    'slashes too many': [mounts('//run//docker.sock'), /docker/],
    'a job': [
      cronJob({
        volumes: [
          { name: 'x', emptyDir: {} },
          { name: 'host', hostPath: { path: '/run/podman' } },
        ],
      }),
      /^nightly: .*volumes\[1\]/,
    ],
    'a path that nobody knows yet': [mounts(UNKNOWN), /^Could not be judged: web: .*path is not known/],
  },
})
