import type { TestProject } from 'vitest/node'
import { DOWNLOADS } from '../../infra/repositories/configuration.ts'
import { freePort } from '../../tools/ports.ts'
import { startFirewall } from '../services/firewall.ts'
import { runKura } from '../services/kura.ts'
import { startNginx } from '../services/nginx.ts'
import { runRefusingProxy } from '../services/refusing-proxy.ts'
import { BUCKET, KEYS, REGION, runS3 } from '../services/s3.ts'

/** The same instance as for the acceptance tests, the way that production's readers come: firewall, nginx, application. */
export default async function setup({ provide }: TestProject) {
  await using starting = new AsyncDisposableStack()
  const s3 = await runS3()
  starting.defer(() => s3.close())
  const { endpoint, close } = await runRefusingProxy(s3.port)
  starting.defer(close)
  const kura = await runKura({
    services: {
      config: { objects: { kind: 's3', endpoint, region: REGION, bucket: BUCKET, downloads: DOWNLOADS } },
      secrets: { 'objects/id': KEYS[0].id, 'objects/secret': KEYS[0].secret },
    },
    front: async (port, application) => {
      const behind = await freePort('127.0.0.1')
      const nginx = await startNginx({ port: behind, application, objects: endpoint })
      starting.defer(() => nginx.close())
      const firewall = await startFirewall(port, behind)
      starting.defer(() => firewall.close())
    },
  })
  starting.defer(() => kura.close())
  provide('kura', kura.local)
  const started = starting.move()
  return () => started.disposeAsync()
}
