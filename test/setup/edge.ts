import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { DOWNLOADS } from '../../infra/repositories/configuration.ts'
import { freePort } from '../../tools/ports.ts'
import { startPostgres } from '../../tools/postgres/index.ts'
import { startFirewall } from '../services/firewall.ts'
import { startNginx } from '../services/nginx.ts'
import { runRefusingProxy } from '../services/refusing-proxy.ts'
import { BUCKET, KEYS, REGION, runS3 } from '../services/s3.ts'
import { startInstance } from '../support/instance.ts'
import { temporaryFolder } from './folder.ts'

/** The same instance as for the acceptance tests, the way that production's readers come: firewall, nginx, application. */
export default async function setup({ provide }: TestProject) {
  await using starting = new AsyncDisposableStack()
  const s3 = await runS3()
  starting.defer(() => s3.close())
  const { endpoint, close } = await runRefusingProxy(s3.port)
  starting.defer(close)
  const { folder, remove } = await temporaryFolder()
  starting.defer(remove)
  const postgres = await startPostgres({
    folder: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    durable: false,
  })
  starting.defer(() => postgres.stop())
  const kura = await startInstance(join(folder, 'state'), {
    postgres,
    database: { host: postgres.host, port: postgres.port, tls: false },
    services: {
      config: { objects: { kind: 's3', endpoint, region: REGION, bucket: BUCKET, downloads: DOWNLOADS } },
      secrets: { 'objects/id': KEYS[0].id, 'objects/secret': KEYS[0].secret },
    },
    front: async (port, web) => {
      const behind = await freePort('127.0.0.1')
      const nginx = await startNginx({ port: behind, application: web, objects: endpoint })
      starting.defer(() => nginx.close())
      const firewall = await startFirewall(port, behind)
      starting.defer(() => firewall.close())
    },
  })
  starting.defer(() => kura.end())
  provide('kura', kura.local)
  const started = starting.move()
  return () => started.disposeAsync()
}
