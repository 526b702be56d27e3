import { join } from 'node:path'
import { freePort } from '../../tools/ports.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { writeNginx } from '../support/nginx.ts'
import { needPackages } from './packages.ts'
import { runServer } from './server.ts'

const HOST = '127.0.0.1'

/** GiB that the cells' institutions may send in one go: what the verification stack says of them is less. */
const UPLOAD = 20

interface NginxArgs extends Pick<Parameters<typeof writeNginx>[1], 'objects' | 'resolver' | 'authorities'> {
  /** Where readers come. */
  port: number
  /** Where the application listens. */
  application: number
}

/** Debian's nginx with the configuration of a cell, between readers and the application. */
export async function startNginx({ port, application, ...objects }: NginxArgs) {
  await needPackages('nginx')
  const { folder, remove } = await temporaryFolder()
  const probes = await freePort(HOST)
  const ports = { web: port, application, nginx: probes }
  const file = await writeNginx(folder, { upload: UPLOAD, ports, ...objects })
  const server = await runServer({
    command: 'nginx',
    args: ['-e', 'stderr', '-c', file],
    folder,
    isReady: async () => (await fetch(`http://${HOST}:${probes}/healthz`)).status === 204,
    afterUs: 'TERM',
  })
  return {
    ...server,
    /** What it has to say, also of what went wrong. */
    log: join(folder, 'server.log'),
    /** Where bodies wait that are on their way in. */
    uploads: join(folder, 'uploads'),
    async close() {
      await server.stop()
      await remove()
    },
  }
}
