import type { Institutions } from './institutions.ts'
import { zipOf } from './zip.ts'

/** Someone who deposits and edits at an institution, over HTTP. */
export interface Depositor {
  /** Imports records as lines of JSON; one outcome each. */
  lines(...lines: unknown[]): Promise<Outcome[]>
  /** Imports an archive of files by path. */
  zip(files: Record<string, string | Uint8Array>): Promise<Outcome[]>
  /** Calls the API. */
  api(path: string, method?: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

export interface Outcome {
  source: string | null
  status: 'imported' | 'updated' | 'unchanged' | 'withdrawn' | 'rejected'
  item: { number: number; url: string }
  warnings: { rule: string; path: string; message: string }[]
  errors: { rule: string; path: string; message: string }[]
}

/** What the API says of an item, as far as tests look at it. */
export interface ItemJson {
  revision: number
  oaiIdentifier?: string
  access: { right: string; until?: string }
  files: { name: string; label: string; url: string; type?: string }[]
}

/** The body of an answer that is JSON. */
export const jsonOf = async <T = ItemJson>(response: Response | Promise<Response>) =>
  (await (await response).json()) as T

export function depositor(kura: Institutions, id: string, token: string): Depositor {
  const authorization = `Bearer ${token}`
  const send = async (type: string, body: NonNullable<RequestInit['body']>): Promise<Outcome[]> => {
    const response = await kura.request(id, '/api/v1/imports', {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body,
    })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`${response.status} ${text}`)
    return text
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  }
  return {
    lines: (...lines) => send('application/x-ndjson', lines.map((line) => JSON.stringify(line)).join('\n')),
    zip: async (files) => send('application/zip', await zipOf(files)),
    api: (path, method = 'GET', body, headers = {}) =>
      kura.request(id, `/api/v1${path}`, {
        method,
        headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
}

/** A record that says as little as one may. */
export const minimal = (title: string, more: object = {}) => ({
  titles: [{ value: title, lang: 'en' }],
  type: { term: 'journal article' },
  ...more,
})

/** The same as JPCOAR 2.0. */
export const minimalXml = (
  title: string,
  { access = '', dates = '', files = '', names = '' } = {},
) => `<?xml version="1.0" encoding="UTF-8"?>
<jpcoar:jpcoar xmlns:jpcoar="https://github.com/JPCOAR/schema/blob/master/2.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:dcterms="http://purl.org/dc/terms/" xmlns:datacite="https://schema.datacite.org/meta/kernel-4/"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <dc:title xml:lang="en">${title}</dc:title>
  ${names}
  ${access && `<dcterms:accessRights rdf:resource="http://purl.org/coar/access_right/c_abf2">${access}</dcterms:accessRights>`}
  ${dates}
  <dc:type rdf:resource="http://purl.org/coar/resource_type/c_6501">journal article</dc:type>
  ${files}
</jpcoar:jpcoar>`
