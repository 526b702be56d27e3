import { spawnSync } from 'node:child_process'
import { closeSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { networkInterfaces } from 'node:os'
import { Worker } from 'node:worker_threads'
import { seal } from './reader/seal.ts'

/*
 * What a reader would do that a hostile file has taken over. The confinement's test runs it and looks at what comes of
 * it; its argument says which.
 */
const attempts: Record<string, () => unknown> = {
  input: () => {
    const bytes = Buffer.alloc(100)
    return bytes.toString('utf8', 0, readSync(0, bytes, 0, 100, 0))
  },
  environment: () => process.env,
  passwd: () => readFileSync('/etc/passwd', 'utf8'),
  configuration: () => readFileSync(process.argv[3] as string, 'utf8'),
  'own environment': () => readFileSync('/proc/self/environ', 'utf8'),
  'parent environment': () => readFileSync(`/proc/${process.ppid}/environ`, 'utf8'),
  write: () => writeFileSync(process.argv[3] as string, 'x'),
  program: () => spawnSync('/bin/echo', ['x']),
  thread: () => new Worker('1', { eval: true }),
  interfaces: () => Object.keys(networkInterfaces()),
  connection: () =>
    new Promise((resolve, reject) => {
      createConnection(Number(process.argv[3]), '127.0.0.1')
        .on('connect', () => resolve('connected'))
        .on('error', reject)
    }),
  'own program, sealed': () => {
    seal()
    // Closing what it has makes no room.
    closeSync(2)
    return readFileSync(process.argv[1] as string, 'utf8')
  },
  'connection, sealed': () => {
    seal()
    closeSync(2)
    return attempts.connection?.()
  },
  loop: () => {
    for (;;);
  },
  sleep: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
  buffers: () => {
    const held = []
    for (let made = 0; made < 4_000; made++) held.push(Buffer.alloc(2 ** 20, 1))
    return held.length
  },
  objects: () => {
    const held = []
    for (let made = 0; made < 100_000_000; made++) held.push({ made, of: [made] })
    return held.length
  },
  output: async () => {
    for (let written = 0; written < 1_000; written++)
      await new Promise((resolve) => process.stdout.write('あ'.repeat(10_000), resolve))
  },
}

const attempt = attempts[process.argv[2] as string]
if (!attempt) throw new Error('no such attempt')
try {
  console.log(JSON.stringify(await attempt()))
} catch (error) {
  console.log(`refused: ${(error as { code?: string }).code ?? error}`)
}
