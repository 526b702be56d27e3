import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScratch } from '../platform/scratch.ts'
import { type Limits, runConfined } from './confined.ts'
import { confinement } from './confinement.ts'

const program = new URL('./confined.probe.ts', import.meta.url)
const LIMITS: Limits = { seconds: 60, processor: 60, memory: 256 * 2 ** 20, characters: 100_000 }

let server: Server
beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterAll(() => server.close())

/** What the probe prints of an attempt. */
async function attempt(words: string[], limits: Partial<Limits> = {}, stop?: AbortSignal) {
  const input = await openScratch()
  try {
    await input.writeFile('the bytes of a file')
    return await runConfined(program, words, { input, limits: { ...LIMITS, ...limits }, ...(stop && { stop }) })
  } finally {
    await input.close()
  }
}
const said = async (...words: string[]) => JSON.parse((await attempt(words)).output)

describe('a confined program', () => {
  it('reads its input', async () => {
    expect(await said('input')).toBe('the bytes of a file')
  })

  it('has no environment of ours', async () => {
    process.env.KURA_TEST_SECRET = 'secret'
    const { PWD: _, SHLVL: __, _: ___, ...environment } = await said('environment')
    delete process.env.KURA_TEST_SECRET
    expect(environment).toEqual({})
  })

  const ours = fileURLToPath(new URL('../../package.json', import.meta.url))
  const written = join(tmpdir(), `kura-probe-${randomUUID()}`)
  it.each([
    ['read the system’s files', 'passwd'],
    ['read a file beside the program’s folder', 'configuration', ours],
    ['read the environment of the process that started it', 'parent environment'],
    ['write a file', 'write', written],
    ['start a program', 'program'],
    ['start a thread', 'thread'],
  ])('may not %s', async (_, ...words) => {
    expect((await attempt(words)).output).toBe('refused: ERR_ACCESS_DENIED\n')
    expect(existsSync(written)).toBe(false)
  })

  it('reaches nothing over the network, where the kernel can forbid it', async () => {
    const { port } = server.address() as AddressInfo
    const { output } = await attempt(['connection', String(port)])
    const { without } = await confinement()
    expect(output).toBe(without.length > 0 ? 'refused: ENETUNREACH\n' : '"connected"\n')
  })

  it('opens nothing once it is sealed, where that can be done: no file of its own, no connection', async () => {
    const { port } = server.address() as AddressInfo
    const outputs = [
      (await attempt(['own program, sealed'])).output,
      (await attempt(['connection, sealed', String(port)])).output,
    ]
    const { seals } = await confinement()
    const refusals = outputs.map((output) => output === 'refused: EMFILE\n')
    expect(refusals).toEqual([seals, seals])
  })

  it('is killed when its time is up', async () => {
    expect(await attempt(['sleep'], { seconds: 1 })).toMatchObject({ code: null, killed: 'took longer than 1 s' })
  })

  it.runIf(process.platform === 'linux')('is ended when it has had its share of the processor', async () => {
    expect(await attempt(['loop'], { processor: 1 })).toMatchObject({
      code: null,
      killed: 'used a processor for more than 1 s',
    })
  })

  it.runIf(process.platform === 'linux').each(['buffers', 'objects'])(
    'is ended when it wants more memory than it may have, in %s',
    async (kind) => {
      expect(await attempt([kind])).toMatchObject({
        output: '',
        code: null,
        killed: 'needed more than 256 MiB of memory',
      })
    },
  )

  it('is killed when it writes more than is kept', async () => {
    const { output, cut, code } = await attempt(['output'])
    expect([output, cut, code]).toEqual(['あ'.repeat(100_000), true, null])
  })

  it('is killed when we are to stop', async () => {
    const stop = new AbortController()
    const ended = attempt(['sleep'], {}, stop.signal)
    setTimeout(() => stop.abort(new Error('ending')), 300)
    await expect(ended).rejects.toThrow('ending')
  })
})
