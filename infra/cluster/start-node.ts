import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { files } from '../images.ts'
import type { PoolName } from '../settings.ts'
import { POOL } from './placement.ts'

const SCRIPT = readFileSync(join(import.meta.dirname, 'scripts/start-node.sh'), 'utf8')

/**
 * What a new node of a pool runs, as cloud-init takes it.
 *
 * @param registry host and path of the registry that images are pulled from
 */
export function startNode(pool: PoolName, registry: string): string {
  const variables = {
    POOL: pool,
    TAINT: pool === 'web' ? '' : `${POOL}=${pool}:NoSchedule`,
    REGISTRY: registry.slice(0, registry.indexOf('/')),
    CREDENTIAL_PROVIDER: files.credentialProvider,
  }
  const set = Object.entries(variables).map(([name, value]) => `${name}='${value}'\n`)
  return `#!/bin/bash\n${set.join('')}${SCRIPT}`
}
