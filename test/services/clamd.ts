import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clamd } from '../../app/ports/scanner/clamd.ts'
import { CLAMD, clamd, PLACES } from '../../infra/identity/clamav.ts'
import { freePort } from '../../tools/ports.ts'
import { temporaryFolder } from '../setup/folder.ts'
import type { Services } from '../support/configuration.ts'
import { needPackages } from './packages.ts'
import { runServer, type Server } from './server.ts'

/** MiB that a file may have, a 256th of what the platform lets it have; what is unpacked from it, twice as many. */
const LARGEST = 4
/** The test virus of EICAR, put together here: as a whole, scanners would find it in this file. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('')
/** What later signatures alone know of. */
export const LATER = 'a sentence that nobody held for a virus yet'

const SIGNATURES = `Eicar-Test-Signature:0:0:${Buffer.from(EICAR).toString('hex')}\n`
const LATER_SIGNATURES = `${SIGNATURES}Later-Test-Signature:0:*:${Buffer.from(LATER).toString('hex')}\n`

export interface ClamAv extends Server {
  /** What an institution's configuration says of it. */
  services: Services
  at: Clamd
  /** Gives it signatures that know of {@link LATER} too, and is done when it uses them. */
  update(): Promise<void>
  /** Lets it stand still without ending it. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  /** Ends it, and removes its folder. */
  remove(): Promise<void>
}

/** Debian's clamd with the configuration that the platform declares, but for its limits, and signatures of our own. */
export async function startClamAv(): Promise<ClamAv> {
  await needPackages('clamav-daemon', 'clamav')
  const { folder, remove } = await temporaryFolder()
  const port = await freePort('127.0.0.1')
  const file = (name: string) => join(folder, name)
  for (const name of ['signatures', 'files']) await mkdir(file(name))
  const declared = clamd()
    .replace(`TCPSocket ${CLAMD}`, `TCPSocket ${port}`)
    .replace('TCPAddr 0.0.0.0', 'TCPAddr 127.0.0.1')
    .replace(PLACES.signatures, file('signatures'))
    .replace(PLACES.files, file('files'))
    .replace(/^StreamMaxLength .*$/m, `StreamMaxLength ${LARGEST}M`)
    .replace(/^(MaxFileSize|MaxScanSize) .*$/gm, `$1 ${2 * LARGEST}M`)
  await writeFile(file('clamd.conf'), `${declared}PidFile ${file('pid')}\n`)
  await writeFile(file('signatures/own.ndb'), SIGNATURES)

  const command = async (name: string) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.write(`z${name}\0`)
    return await text(socket)
  }
  const signal = async (name: NodeJS.Signals) => {
    process.kill(Number(await readFile(file('pid'), 'utf8')), name)
  }
  const server = await runServer({
    command: 'clamd',
    args: ['--foreground', `--config-file=${file('clamd.conf')}`],
    folder,
    isReady: async () => (await command('PING')) === 'PONG\0',
  })
  const at = { host: '127.0.0.1', port, largest: LARGEST * 2 ** 20 }
  return {
    ...server,
    services: { config: { scanner: { kind: 'clamd', ...at } }, secrets: {} },
    at,
    async update() {
      await writeFile(file('signatures/own.ndb'), LATER_SIGNATURES)
      await command('RELOAD')
      const knows = async () => {
        const socket = connect({ host: '127.0.0.1', port })
        const length = Buffer.alloc(4)
        length.writeUInt32BE(LATER.length)
        socket.write(Buffer.concat([Buffer.from('zINSTREAM\0'), length, Buffer.from(LATER), Buffer.alloc(4)]))
        return (await text(socket)).includes('FOUND')
      }
      while (!(await knows())) await sleep(50)
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async remove() {
      await server.kill()
      await remove()
    },
  }
}
