import { setTimeout as sleep } from 'node:timers/promises'
import type { Response } from 'undici'
import { fetchLocal } from '../localhost.ts'
import { PlainError } from '../plain-error.ts'

/** Bytes of one answer at most, unpacked. Pages of real repositories have up to 20 MB. */
const LONGEST_ANSWER = 64 * 2 ** 20
/** Milliseconds within which an answer has come to its end. */
const PATIENCE = 300_000
const MOST_REDIRECTS = 5
/** How often one request is made before the run ends. */
const ATTEMPTS = 6
/** Seconds that a repository may ask to be left alone while the run waits. */
const LONGEST_WAIT = 15 * 60

/** The repository says that this request is wrong, or leads nowhere: asking again would not help. */
export class Refused extends PlainError {
  override name = 'Refused'
}

/** Nothing that lasts: the same request may be answered later. */
class Later extends Error {
  /** Seconds, where the repository names them. */
  readonly after: number | undefined
  constructor(message: string, after?: number) {
    super(message)
    this.after = after
  }
}

export interface Manners {
  /** Who asks, for the repository's log: `User-Agent` and `From` (RFC 9110, section 10.1). */
  headers: Record<string, string>
  /** Seconds between two requests; twice as long, then four times, and so on, where something went wrong. */
  pause: number
}

/** Another repository's OAI-PMH, asked politely: one request at a time, with pauses, no longer than it allows. */
export class Repository {
  readonly #base: URL
  readonly #manners: Manners
  #answered = false

  /** @throws PlainError for an address that is none on the web, or holds a password. */
  constructor(baseUrl: string, manners: Manners) {
    this.#base = webAddress(baseUrl)
    this.#base.hash = ''
    this.#manners = manners
  }

  get baseUrl(): string {
    return this.#base.href
  }

  /**
   * The answer to a request, whole.
   *
   * @throws PlainError where there is none to be had now; Refused where it would be the same the next time.
   */
  async ask(parameters: Readonly<Record<string, string>>): Promise<Uint8Array> {
    const url = new URL(this.#base)
    for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value)
    if (this.#answered) await sleep(this.#manners.pause * 1_000)
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#fetch(url)
        this.#answered = true
        return answer
      } catch (error) {
        if (!(error instanceof Later)) throw error
        const wait = error.after ?? this.#manners.pause * 2 ** attempt
        // An address at which nothing has ever answered is more likely wrong than busy.
        const hopeless = attempt === ATTEMPTS || (!this.#answered && error.after === undefined)
        if (hopeless)
          throw new PlainError(`${this.#base.host} does not answer: ${error.message}. Run the command again later.`)
        if (wait > LONGEST_WAIT)
          throw new PlainError(
            `${this.#base.host} asks to be left alone for ${wait} s. Run the command again after that.`,
          )
        await sleep(wait * 1_000)
      }
    }
  }

  async #fetch(first: URL): Promise<Uint8Array> {
    const signal = AbortSignal.timeout(PATIENCE)
    const headers = { ...this.#manners.headers, accept: 'text/xml, application/xml', 'accept-encoding': 'gzip' }
    let url = first
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await fetchLocal(url.href, { headers, signal, redirect: 'manual' }).catch(asLater)
      const location = response.headers.get('location')
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel()
        url = redirected(url, location)
        continue
      }
      if (!response.ok) {
        await response.body?.cancel()
        throw failure(response)
      }
      return await read(response).catch(asLater)
    }
    throw new PlainError(`${first.host} sends requests on more than ${MOST_REDIRECTS} times.`)
  }
}

function webAddress(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new PlainError(`${text} is no address of a repository: it begins with http:// or https://.`)
  if (url.username !== '' || url.password !== '')
    throw new PlainError(`The address of a repository must not hold a name or a password; none is sent.`)
  return url
}

/**
 * Where a repository sends a request on to.
 *
 * @throws PlainError where it may not go there.
 */
export function redirected(from: URL, location: string): URL {
  const url = webAddress(location, from)
  if (from.protocol === 'https:' && url.protocol === 'http:')
    throw new PlainError(
      `${from.host} sends requests on to ${url.href}, which is not encrypted; name the address by https.`,
    )
  return url
}

async function read(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    // Leaving the loop ends the connection, and with it the unpacking.
    if (bytes > LONGEST_ANSWER)
      throw new PlainError(
        `${new URL(response.url).host} sent more than ${LONGEST_ANSWER / 2 ** 20} MiB in one answer.`,
      )
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What a network does is not the repository's word: it may be gone the next time. */
function asLater(error: unknown): never {
  if (error instanceof PlainError) throw error
  const { cause = error } = error as Error
  throw new Later((cause as Error).message)
}

function failure({ status, statusText, headers }: Response): Error {
  const said = `it answered ${status} ${statusText}`.trim()
  // Repositories built on Invenio answer errors of the protocol with 422.
  if ([400, 404, 410, 422].includes(status)) return new Refused(`The repository refuses the request: ${said}.`)
  if (![429, 500, 502, 503, 504].includes(status)) return new PlainError(`The repository refuses the request: ${said}.`)
  return new Later(said, secondsOf(headers.get('retry-after')))
}

/** Retry-After: seconds or a date (RFC 9110, section 10.2.3). */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter)
  const until = Date.parse(retryAfter)
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - Date.now()) / 1_000))
}
