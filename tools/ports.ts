import { createServer } from 'node:net'

/** A port that nothing listens on just now, of those that the system hands out. */
export async function freePort(host: string): Promise<number> {
  const server = await listen(0, host)
  const address = server.address()
  await close(server)
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

/**
 * Whether something could listen on a port now.
 *
 * @returns nothing if so, otherwise the system's word for what is in the way: `EADDRINUSE`, `EACCES`.
 */
export async function obstacle(port: number, host: string): Promise<string | undefined> {
  try {
    await close(await listen(port, host))
    return undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // The machine does not have the address (::1 without IPv6): whoever listens passes over it too.
    return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' ? undefined : code
  }
}

const listen = (port: number, host: string) =>
  new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject).listen(port, host, () => resolve(server))
  })

const close = (server: ReturnType<typeof createServer>) => new Promise<void>((resolve) => server.close(() => resolve()))
