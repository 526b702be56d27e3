import { z } from 'zod'
import { freePort } from '../../../tools/ports.ts'
import { runServer } from '../server.ts'
import { type Agreement, SCOPE } from './agreement.ts'
import { HOST } from './host.ts'

/** Milliseconds that an answer may take. */
const ANSWER = 3_000
/** Below which Patroni keeps its state. */
const STATE = `/service/${SCOPE}/`

/** What Patroni keeps of the standby that has what is committed. */
const Sync = z.object({ sync_standby: z.string().nullish() })

/** Runs etcd, by itself, with its data in a folder: quicker to have than the API of Kubernetes, which production uses. */
export async function agreeByEtcd(folder: string): Promise<Agreement> {
  const address = `${HOST}:${await freePort(HOST)}`
  const peers = `http://${HOST}:${await freePort(HOST)}`
  const clients = `http://${address}`
  const server = await runServer({
    command: 'etcd',
    args: [
      ...['--name=only', `--data-dir=${folder}`, '--log-level=error'],
      ...[`--listen-client-urls=${clients}`, `--advertise-client-urls=${clients}`],
      ...[`--listen-peer-urls=${peers}`, `--initial-advertise-peer-urls=${peers}`, `--initial-cluster=only=${peers}`],
    ],
    folder,
    isReady: async () => (await fetch(`${clients}/health`)).ok,
  })
  return {
    settings: async () => ({ etcd3: { hosts: [address] } }),
    env: {},
    async agreed() {
      const state = await read(clients, STATE)
      const { sync_standby } = Sync.parse(JSON.parse(state.get('sync') ?? '{}'))
      return { primary: state.get('leader'), synchronous: sync_standby ?? undefined }
    },
    end: () => server.kill(),
  }
}

/** What is kept below a path, as text, by the rest of the key. */
async function read(clients: string, path: string): Promise<Map<string, string>> {
  // The end of a range is the first key that does not begin so.
  const end = path.slice(0, -1) + String.fromCharCode(path.charCodeAt(path.length - 1) + 1)
  const body = JSON.stringify({ key: base64(path), range_end: base64(end) })
  const signal = AbortSignal.timeout(ANSWER)
  const answer = await fetch(`${clients}/v3/kv/range`, { method: 'POST', body, signal })
  const { kvs } = Range.parse(await answer.json())
  return new Map(kvs.map(({ key, value }) => [text(key).slice(path.length), text(value)]))
}

const Range = z.object({ kvs: z.array(z.object({ key: z.string(), value: z.string().default('') })).default([]) })
const base64 = (text: string) => Buffer.from(text).toString('base64')
const text = (base64: string) => Buffer.from(base64, 'base64').toString()
