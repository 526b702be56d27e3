import { freePort } from '../../../tools/ports.ts'
import { runServer, type Server } from '../server.ts'
import { HOST } from './host.ts'

/** What Patroni's members agree in: in a cluster, Kubernetes' own API. */
export interface Etcd extends Server {
  /** Host and port. */
  address: string
}

/** Runs etcd, by itself, with its data in a folder. */
export async function runEtcd(folder: string): Promise<Etcd> {
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
  return { ...server, address }
}
