import { setTimeout } from 'node:timers/promises'
import { READABLE_PREFIXES } from '../../records/index.ts'
import { type Outcome, openSender } from '../import/send.ts'
import { fetchLocal } from '../localhost.ts'
import { PlainError } from '../plain-error.ts'
import { explain, failure } from '../talking.ts'
import type { Target } from '../target.ts'
import { type Page, readIdentify, readPage, readPrefixes, refusedBy } from './answers.ts'
import { Refused, Repository } from './repository.ts'
import { type Harvest, HarvestState, harvestId, Overtaken } from './state.ts'

/** What is harvested: a repository's OAI-PMH, or one set of it. */
export interface Source {
  baseUrl: string
  set?: string | undefined
  /** The format; the best that can be read, where nothing is said. */
  prefix?: string | undefined
}

export interface Options {
  /** Seconds between two requests to the repository. */
  pause: number
  /**
   * Hours before the last list's responseDate at which the next begins: what a repository shows later than it dates it
   * is still found.
   */
  overlap: number
  /** Collections that new items are put into. */
  collections: string[]
  /** Hears how long the repository says what it has deleted (`deletedRecord`; OAI-PMH 2.0, section 2.5.1). */
  deletions?: (kept: 'no' | 'transient' | 'persistent') => void
  /** Tells the person at the keyboard what goes on. */
  tell?: (sentence: string) => void
}

/** How often one run begins a list again whose token is not taken any more, and reads pages without a record. */
const MOST_RESTARTS = 3
const MOST_EMPTY = 100

const NOTHING: Harvest['counts'] = { imported: 0, updated: 0, unchanged: 0, withdrawn: 0, rejected: 0 }

/**
 * Harvests another repository into an institution, from where the last run ended, and yields what became of each
 * record. How far it has come is kept by the institution after each page: a run that ends early, for whatever reason,
 * is gone on with by the next.
 *
 * @throws PlainError where it cannot go on now; the institution keeps why.
 */
export async function* harvest(target: Target, source: Source, options: Options): AsyncGenerator<Outcome> {
  const { headers, baseUrl } = await introduce(target)
  const repository = new Repository(source.baseUrl, { headers, pause: options.pause })
  const state = await HarvestState.read(target, harvestId(repository.baseUrl, source.set))
  try {
    const identified = await readIdentify(await repository.ask({ verb: 'Identify' }))
    // Each run would double what there is.
    if (identified.get('baseURL') === baseUrl) throw new PlainError(`${source.baseUrl} is this institution itself.`)
    const deletions = identified.get('deletedRecord')
    options.deletions?.(deletions === 'persistent' || deletions === 'transient' ? deletions : 'no')
    const begun = await begin(state.harvest, source, repository)
    // Also where nothing is new in it: a run that is still under way learns that this one has begun.
    await state.write(begun)
    const byDay = identified.get('granularity') === 'YYYY-MM-DD'
    yield* new Run(target, repository, state, { ...options, byDay }).pages()
  } catch (error) {
    if (state.harvest && error instanceof Error && !(error instanceof Overtaken))
      await state.write({ ...state.harvest, lastError: error.message.slice(0, 2_000) }).catch(() => {})
    throw error
  }
}

/** The institution's own base URL, and the headers that name its address and whom to write to. */
async function introduce({ url }: Target): Promise<{ headers: Record<string, string>; baseUrl: string }> {
  const response = await fetchLocal(`${url}/oai?verb=Identify`).catch((error) => {
    throw failure(url, error, 'What was harvested until then is kept.')
  })
  if (!response.ok) throw new PlainError(await explain(response))
  const said = await readIdentify(new Uint8Array(await response.arrayBuffer()))
  const contact = said.get('adminEmail') ?? ''
  const baseUrl = said.get('baseURL') ?? `${url}/oai`
  const address = baseUrl.replace(/\/oai$/, '')
  return { headers: { 'user-agent': `Kura (+${address}; mailto:${contact})`, from: contact }, baseUrl }
}

/** The harvest as a run begins it: the one that there is, unless another format is wanted. */
async function begin(kept: Harvest | undefined, { set, prefix }: Source, repository: Repository): Promise<Harvest> {
  if (kept && (prefix === undefined || prefix === kept.metadataPrefix)) {
    const { lastError: _, ...rest } = kept
    return rest
  }
  const offered = await readPrefixes(await repository.ask({ verb: 'ListMetadataFormats' }))
  const chosen = prefix ?? READABLE_PREFIXES.find((each) => offered.includes(each))
  if (chosen === undefined || !offered.includes(chosen))
    throw new PlainError(
      `The repository has ${offered.join(', ')}; ${chosen === undefined ? `understood are ${READABLE_PREFIXES.join(', ')}` : `${chosen} was asked for`}.`,
    )
  return { baseUrl: repository.baseUrl, ...(set !== undefined && { set }), metadataPrefix: chosen, counts: NOTHING }
}

/** One run, list by list until one is complete. */
class Run {
  readonly #sender: ReturnType<typeof openSender>
  readonly #repository: Repository
  readonly #state: HarvestState
  /** And whether the repository's datestamps are days. */
  readonly #options: Options & { byDay: boolean }
  /** Pages that this run has read: one that comes again would come for ever. */
  readonly #seen = new Set<string>()
  #restarts = 0
  #empty = 0

  constructor(target: Target, repository: Repository, state: HarvestState, options: Options & { byDay: boolean }) {
    const tell = options.tell ?? (() => {})
    this.#sender = openSender(target, { check: false, pause: setTimeout, tell })
    this.#repository = repository
    this.#state = state
    this.#options = options
  }

  get #harvest(): Harvest {
    return this.#state.harvest as Harvest
  }

  async *pages(): AsyncGenerator<Outcome> {
    for (;;) {
      const { list } = this.#harvest
      const answer = await this.#ask()
      const page = answer && (await readPage(answer))
      if (!answer || !page || (list && page.errors.some(({ code }) => code === 'badResumptionToken'))) {
        await this.#restart()
        continue
      }
      const [error] = page.errors.filter(({ code }) => code !== 'noRecordsMatch')
      if (error) throw refusedBy('ListRecords', error)
      await this.#mustLeadOn(page)
      const counts = { ...(list ? this.#harvest.counts : NOTHING) }
      if (page.records > 0) {
        let answered = 0
        for await (const outcome of this.#sender.page(answer, this.#options.collections)) {
          answered += 1
          // Every new record would be rejected, and not come again.
          const missing = outcome.errors.find(({ rule }) => rule === 'import.collections')
          if (missing) throw new PlainError(missing.message)
          counts[outcome.status] += 1
          yield outcome
        }
        if (answered < page.records)
          throw new PlainError(
            `Of ${page.records} records sent, the answer names ${answered}: the others may not be imported.`,
          )
      }
      const began = list ? list.began : page.responseDate?.toISOString()
      if (page.token === undefined) return await this.#complete(began, counts)
      const next = { ...(began !== undefined && { began }), resumptionToken: page.token }
      await this.#state.write({ ...this.#harvest, counts, list: next })
    }
  }

  /** The next page; nothing where the repository does not take its token any more. */
  async #ask(): Promise<Uint8Array | undefined> {
    const { list, metadataPrefix, set } = this.#harvest
    const from = this.#from()
    try {
      return await this.#repository.ask(
        list
          ? { verb: 'ListRecords', resumptionToken: list.resumptionToken }
          : {
              verb: 'ListRecords',
              metadataPrefix,
              ...(from !== undefined && { from }),
              ...(set !== undefined && { set }),
            },
      )
    } catch (error) {
      // Some say so by HTTP.
      if (list && error instanceof Refused) return undefined
      throw error
    }
  }

  /** Where the list begins, in the repository's granularity. */
  #from(): string | undefined {
    const { until } = this.#harvest
    if (until === undefined) return undefined
    const moment = new Date(Date.parse(until) - this.#options.overlap * 3_600_000).toISOString()
    return this.#options.byDay ? moment.slice(0, 10) : `${moment.slice(0, 19)}Z`
  }

  async #restart() {
    this.#restarts += 1
    this.#seen.clear()
    const { list: _, ...rest } = this.#harvest
    await this.#state.write({ ...rest, counts: NOTHING })
    if (this.#restarts > MOST_RESTARTS)
      throw new PlainError(
        `The repository gives up its lists before they are read: ${MOST_RESTARTS} times it did not take its own token.`,
      )
  }

  /** @throws PlainError where the list goes round in a circle; the next run begins it again. */
  async #mustLeadOn({ digest, records, token }: Page) {
    this.#empty = records === 0 ? this.#empty + 1 : 0
    const again = this.#seen.has(digest)
    this.#seen.add(digest)
    if (token === undefined || (!again && this.#empty <= MOST_EMPTY)) return
    const { list: _, ...rest } = this.#harvest
    await this.#state.write(rest)
    throw new PlainError(
      again
        ? 'The list goes round in a circle: the repository gave a page that it had given before. The next run begins it again.'
        : `The repository gave ${MOST_EMPTY} pages without a record, one after the other. The next run begins the list again.`,
    )
  }

  /** The next list begins where this one did: what changed while it was read is in it. */
  async #complete(began: string | undefined, counts: Harvest['counts']) {
    const { list: _, ...rest } = this.#harvest
    const until = began === undefined ? {} : { until: began }
    await this.#state.write({ ...rest, ...until, counts, completedAt: new Date().toISOString() })
  }
}
