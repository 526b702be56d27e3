import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measured } from '../proof/measured.ts'
import { type Cluster, runCluster } from '../services/postgres/index.ts'
import { type Member, TTL } from '../services/postgres/member.ts'
import { startWork, type Work } from '../services/postgres/work.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { type Institutions, makeProvisioner, openInstitutions } from '../support/institutions.ts'
import { agreeByKubernetes } from './agreement.ts'
import { type ControlPlane, startControlPlane } from './control-plane.ts'

/* Whether Patroni, agreeing by the API server as in production, loses nothing that people were told is kept. */

describe('PostgreSQL whose instances agree by Kubernetes, while people deposit, edit and delete', {
  timeout: 300_000,
}, () => {
  let control: ControlPlane
  let cluster: Cluster
  let kura: Institutions
  let work: Work
  const ending = new AsyncDisposableStack()
  beforeAll(async () => {
    const { folder, remove } = await temporaryFolder()
    ending.defer(remove)
    control = await startControlPlane(folder)
    ending.defer(() => control.stop())
    cluster = await runCluster({ agree: (folder) => agreeByKubernetes(control, folder) })
    ending.defer(() => cluster.remove())
    await makeProvisioner((await cluster.services()).postgres)
    await cluster.caughtUp()
    kura = await openInstitutions(['tides'], undefined, undefined, {
      config: {},
      secrets: {},
      database: cluster.server,
    })
    ending.defer(() => kura.close())
    const [id] = kura.ids as [string]
    work = await startWork(kura, id, await kura.token(id, 'import', 'items:write'))
    ending.defer(() => work.end())
  })
  afterAll(() => ending.disposeAsync())
  const primary = async () => (await cluster.roles()).primary as Member
  /** Seconds until people have got on with their work. */
  const goesOn = async () => {
    const began = performance.now()
    await work.writers.progress(20)
    return (performance.now() - began) / 1000
  }

  test('goes on with a standby when the primary is killed, and takes that one back as a standby', async () => {
    await work.writers.progress(20)
    const lost = await primary()
    await lost.kill()
    measured('the primary of PostgreSQL killed', { 'seconds until twenty more changes are kept': await goesOn() })
    expect(await primary()).not.toBe(lost)
    await lost.start()
    await cluster.whole()
    expect(await primary()).not.toBe(lost)
  })

  test('goes on with a standby when the primary stands still, and is not led back when that goes on', async () => {
    await work.writers.progress(20)
    const lost = await primary()
    await lost.signal('SIGSTOP')
    measured('the primary of PostgreSQL stands still', { 'seconds until twenty more changes are kept': await goesOn() })
    expect(await primary()).not.toBe(lost)
    await lost.signal('SIGCONT')
    await cluster.whole()
    expect(await primary()).not.toBe(lost)
  })

  test('keeps its primary while the API server is gone for longer than a primary is one by itself', async () => {
    const before = await primary()
    await control.api.kill()
    try {
      const end = Date.now() + 2 * TTL * 1000
      while (Date.now() < end) await work.writers.progress(20)
    } finally {
      await control.api.start()
    }
    await cluster.whole()
    expect(await primary()).toBe(before)
  })

  test('has lost nothing that was acknowledged, has nothing twice, and left nobody without an answer', () =>
    work.check())
})
