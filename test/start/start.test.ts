import { readdirSync } from 'node:fs'
import { cp, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../app/cli/local.ts'
import { fetchLocal } from '../../app/cli/localhost.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { type Kura, refusedStart, startKura } from '../setup/kura.ts'
import { processesOf } from './processes.ts'

let folder: string
let remove: () => Promise<void>

beforeAll(async () => {
  const temporary = await temporaryFolder()
  folder = temporary.folder
  remove = temporary.remove
})
afterAll(() => remove())

const institutions = readdirSync(join(root, 'infra/tenants/dev')).map((file) => file.replace('.yaml', ''))

const statusOf = async (url: string) => (await fetchLocal(url)).status
const modeOf = async (file: string) => (await stat(file)).mode & 0o777

/** Waits until nothing of a start is left, for as long as processes take to notice that it is gone. */
async function nothingLeft(state: string, except: RegExp = /^$/) {
  const left = async () => (await processesOf(state)).filter(({ command }) => !except.test(command))
  for (let tries = 0; tries < 50 && (await left()).length > 0; tries++) await sleep(100)
  return await left()
}

async function killed(state: string, command: RegExp) {
  const found = (await processesOf(state)).find((candidate) => command.test(candidate.command))
  if (!found) throw new Error(`there is no process ${command}`)
  process.kill(found.pid, 'SIGKILL')
}

describe.runIf(process.platform === 'linux')('npm start', () => {
  let kura: Kura
  let state: string

  beforeAll(async () => {
    state = join(folder, 'state')
    kura = await startKura(state)
  })
  afterAll(() => kura?.end())

  it('serves every institution of the verification stack at an address of its own', async () => {
    expect(Object.keys(kura.local.tenants).sort()).toEqual(institutions.sort())
    for (const id of institutions) {
      const { url } = kura.local.tenants[id] ?? { url: '' }
      expect(url).toBe(`http://${id}.localhost:${kura.port}`)
      expect(await statusOf(`${url}/items/1`)).toBe(200)
      expect(kura.output()).toContain(`${url}/`)
    }
  })

  it('tells tools where it is, and nobody else its tokens and passwords', async () => {
    expect(kura.local.url).toBe(`http://localhost:${kura.port}`)
    for (const file of ['local.json', 'secrets.json']) expect(await modeOf(join(state, file))).toBe(0o600)
    for (const inner of ['run', 'logs', 'objects', 'postgres']) expect(await modeOf(join(state, inner))).toBe(0o700)
  })

  it('refuses a second start on the same state, in one sentence', async () => {
    const { code, output } = await refusedStart({ KURA_STATE: state })
    expect(output).toMatch(/^Kura already runs here, as process \d+\. For a second one .*\n$/)
    expect(code).toBe(1)
  })

  it('refuses a port that is taken, in one sentence that names it', async () => {
    const { code, output } = await refusedStart({ KURA_STATE: join(folder, 'other'), PORT: String(kura.port) })
    expect(output).toMatch(
      new RegExp(`^Port ${kura.port} is taken by another program: .* PORT=${kura.port + 1} npm start\n$`),
    )
    expect(code).toBe(1)
  })

  it('runs beside another one on another port and state', async () => {
    const other = await startKura(join(folder, 'beside'))
    expect(await statusOf(`http://aozora.localhost:${other.port}/`)).toBe(200)
    expect(await other.end()).toBe(0)
    expect(await nothingLeft(other.state)).toEqual([])
    expect(await statusOf(`http://aozora.localhost:${kura.port}/`)).toBe(200)
  })

  it('goes on when the worker ends alone, and says how to start it again', async () => {
    await killed(state, /main\.ts worker$/)
    await kura.printed('the worker process ended')
    await kura.printed('node_modules/.bin/node')
    expect(kura.output()).toMatch(/\nKURA_CONFIG=\S+ node_modules\/\.bin\/node .* app\/main\.ts worker\n/)
    expect(await statusOf(`http://aozora.localhost:${kura.port}/`)).toBe(200)
  })

  it('leaves nothing running after Ctrl-C', async () => {
    expect(await kura.interrupt()).toBe(0)
    expect(await nothingLeft(state)).toEqual([])
    expect(kura.output()).toMatch(/ending\n.* ended\n$/)
  })

  it('keeps the data and the tokens for the next start, and does not load the examples again', async () => {
    const before = kura.local.tenants
    kura = await startKura(state, { PORT: String(kura.port) })
    expect(kura.local.tenants).toEqual(before)
    expect(kura.output()).not.toContain('examples')
    expect(await statusOf(`http://aozora.localhost:${kura.port}/items/1`)).toBe(200)
  })

  it('ends as a whole when the web process ends by itself, and shows what that said last', async () => {
    await killed(state, /main\.ts web$/)
    expect(await kura.ended).toBe(1)
    expect(kura.output()).toMatch(/The web process ended by itself \(SIGKILL\)\. The end of \S+web\.log:\n {2}info: /)
    expect(await nothingLeft(state)).toEqual([])
  })

  it('leaves no application running when it is killed, and starts again after that', async () => {
    kura = await startKura(state)
    await killed(state, /tsx\.ts tools\/start\/start\.ts$/)
    expect(await nothingLeft(state, /postgres/)).toEqual([])
    kura = await startKura(state)
    expect(await statusOf(`http://aozora.localhost:${kura.port}/items/1`)).toBe(200)
    expect(await kura.end()).toBe(0)
  })
})

describe('npm start refuses in one sentence', () => {
  it.each(['zero', '0', '65536', '80.5'])('the port %s', async (port) => {
    expect(await refusedStart({ KURA_STATE: join(folder, 'refused'), PORT: port })).toEqual({
      code: 1,
      output: `PORT is "${port}"; it must be a number from 1 to 65535.\n`,
    })
  })

  it('a state folder that cannot be written to', async () => {
    await writeFile(join(folder, 'file'), '')
    const state = join(folder, 'file/state')
    expect(await refusedStart({ KURA_STATE: state })).toEqual({
      code: 1,
      output: `Kura keeps its data in ${state}, which cannot be written to (ENOTDIR): choose another folder with KURA_STATE.\n`,
    })
  })

  it("an institution's file with an unknown key, in the words of the definition", async () => {
    const clone = join(folder, 'clone')
    const parts = ['app', 'infra', 'tools', 'package.json', 'package-lock.json']
    const project = readdirSync(root).filter((name) => name.startsWith('Pulumi'))
    for (const part of [...parts, ...project]) await cp(join(root, part), join(clone, part), { recursive: true })
    await symlink(join(root, 'node_modules'), join(clone, 'node_modules'))
    const file = join(clone, 'infra/tenants/dev/aozora.yaml')
    await writeFile(file, `${await readFile(file, 'utf8')}\ncolor: red\n`)
    const { code, output } = await refusedStart({ KURA_STATE: join(folder, 'wrong') }, clone)
    expect(output).toMatch(/aozora\.yaml:\d+.*color/)
    expect(output).not.toContain('    at ')
    expect(code).toBe(1)
  })
})
