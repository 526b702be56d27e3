import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { inject } from 'vitest'

export type Institution = 'aozora' | 'hidamari' | 'misaki'

export interface Answer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  text: string
}

/** The running instance, as the file that it leaves for tools describes it. */
export const instance = () => inject('kura')

export const tenant = (id: Institution) => {
  const found = instance().tenants[id]
  if (!found) throw new Error(`${id} is not running`)
  return found
}

/** Asks an institution as any program would: by its own host name, which no resolver needs to know. */
export async function ask(
  id: Institution,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
    token,
  }: { method?: string; headers?: Record<string, string>; body?: string; token?: string } = {},
): Promise<Answer> {
  const { hostname, host, port } = new URL(tenant(id).url)
  if (!hostname.endsWith('.localhost')) throw new Error(`${hostname} is not a local name`)
  return await new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { host, ...(token && { authorization: `Bearer ${token}` }), ...headers },
      },
      async (response) => {
        const text = (await buffer(response)).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      },
    )
      .on('error', reject)
      .end(body)
  })
}

/** The numbers of the items on a page of results. */
export const itemsOn = ({ text }: Answer) =>
  [...text.matchAll(/href="(?:https?:\/\/[^"/]+)?\/items\/(\d+)"/g)].map(([, number]) => Number(number))
