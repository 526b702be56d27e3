import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Asked, ask, jsonIn } from './client.ts'
import type { Failing } from './faults.ts'
import { type Entry, fileWord, isCertain, type Ledger, type State, titleWord } from './ledger.ts'
import type { Stage } from './stage.ts'

const WRITERS = 3
const READERS = 4
/** Milliseconds in which a reader has to be answered, whatever has failed. */
const LIMIT = 10_000
/** Milliseconds that a writer rests when it was not acknowledged. */
const REST = 300

export type Random = () => number
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** Several who deposit, edit, withdraw and delete, and several who read, until they are stopped. */
export function startLoad(stage: Stage, ledger: Ledger, failing: Failing, random: Random, round: string) {
  const stopped = new AbortController()
  const on = async (turn: () => Promise<void>, pause: number) => {
    while (!stopped.signal.aborted) {
      await turn()
      await sleep(random() * pause)
    }
  }
  const all = [
    ...Array.from({ length: WRITERS }, (_, i) => on(writer(stage, ledger, random, `${round}w${i}`), 100)),
    ...Array.from({ length: READERS }, () => on(reader(stage, ledger, failing, random), 60)),
  ]
  return {
    /** Lets what is under way end. */
    async stop() {
      stopped.abort()
      await Promise.all(all)
    },
  }
}

/** Sends a deposit; sent again, it is the same. */
export async function deposit(stage: Stage, ledger: Ledger, entry: Entry): Promise<void> {
  const made: State = { edition: 1, status: 'public', files: {}, revision: 1 }
  const answer = await send(stage, ledger, {
    method: 'POST',
    path: '/api/v1/items',
    headers: { 'idempotency-key': `"${entry.key}"`, 'content-type': 'application/json' },
    body: JSON.stringify({ record: { ...title(entry.key, 1), ...described(entry.key) } }),
  })
  // The call before may be believed to be at work still.
  const outcome = answer.status === 409 ? 'unknown' : outcomeOf(answer)
  count(ledger, outcome)
  if (outcome === 'unknown') return
  if (outcome === 'refused') return complain(ledger, answer, `deposit of ${entry.key} was refused`)
  entry.number = jsonIn<{ number: number }>(answer).number
  entry.possible = [made]
}

const title = (key: string, edition: number) => ({
  titles: [{ value: `Record ${key} ${titleWord(key, edition)}`, lang: 'en' }],
})
const described = (key: string) => ({
  type: { term: 'journal article' },
  subjects: [{ value: key, scheme: 'Other' }],
})

/** Somebody who deposits, and changes what they have deposited. Each has items of their own. */
function writer(stage: Stage, ledger: Ledger, random: Random, name: string) {
  const mine: Entry[] = []
  const unanswered: Entry[] = []
  let made = 0

  const change = async (entry: Entry & { possible: [State] }, next: Partial<State>, asked: Asked) => {
    const [before] = entry.possible
    const after = { ...before, ...next, revision: before.revision + 1 }
    // Readers meanwhile may find either.
    entry.possible = [before, after] as unknown as [State]
    const answer = await send(stage, ledger, asked)
    const outcome = outcomeOf(answer)
    count(ledger, outcome)
    if (outcome === 'acknowledged') entry.possible = [after]
    if (outcome !== 'refused') return outcome
    entry.possible = [before]
    complain(ledger, answer, `${asked.method} ${asked.path} was refused`)
    return outcome
  }
  const depositNew = async () => {
    const entry: Entry = { key: `${name}x${++made}`, possible: [undefined, { ...NEW }] }
    ledger.entries.push(entry)
    await deposit(stage, ledger, entry)
    if (isCertain(entry)) mine.push(entry)
    else unanswered.push(entry)
  }
  const again = async () => {
    const entry = pick(random, unanswered)
    await deposit(stage, ledger, entry)
    if (!isCertain(entry)) return
    unanswered.splice(unanswered.indexOf(entry), 1)
    mine.push(entry)
  }
  const json = { 'content-type': 'application/json' }
  const edit = (entry: ReturnType<typeof anyOf>) => {
    const { key, number, possible } = entry
    const [{ edition, revision }] = possible
    return change(
      entry,
      { edition: edition + 1 },
      {
        method: 'PATCH',
        path: `/api/v1/items/${number}`,
        headers: { ...json, 'if-match': `"${revision}"` },
        body: JSON.stringify({ record: title(key, edition + 1) }),
      },
    )
  }
  const putFile = (entry: ReturnType<typeof anyOf>) => {
    const { key, number, possible } = entry
    const [{ files, revision }] = possible
    const file = random() < 0.1 ? 'words.txt' : pick(random, ['data.bin', 'image.bin'])
    const bytes = file === 'words.txt' ? Buffer.from(`This says ${fileWord(key, revision + 1)}.`) : noise(random)
    const digest = sha256(bytes)
    return change(
      entry,
      { files: { ...files, [file]: digest } },
      {
        method: 'PUT',
        path: `/api/v1/items/${number}/files/${file}`,
        headers: {
          'content-type': 'application/octet-stream',
          'content-digest': `sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`,
          'if-match': `"${revision}"`,
        },
        body: bytes,
      },
    )
  }
  const withdraw = (entry: ReturnType<typeof anyOf>) =>
    change(
      entry,
      { status: 'withdrawn' },
      {
        method: 'POST',
        path: `/api/v1/items/${entry.number}/withdrawal`,
        headers: json,
        body: JSON.stringify({ reason: 'Published by mistake.' }),
      },
    )
  const restore = (entry: ReturnType<typeof anyOf>) =>
    change(entry, { status: 'public' }, { method: 'DELETE', path: `/api/v1/items/${entry.number}/withdrawal` })
  const remove = (entry: ReturnType<typeof anyOf>) =>
    change(entry, { status: 'deleted', files: {} }, { method: 'DELETE', path: `/api/v1/items/${entry.number}` })
  const anyOf = (status: State['status']) => {
    const those = mine.filter(isCertain).filter(({ possible }) => possible[0].status === status)
    return pick(random, those)
  }

  return async () => {
    const before = ledger.counts.unknown
    const chance = random()
    const live = anyOf('public')
    const withdrawn = anyOf('withdrawn')
    if (unanswered.length > 0 && chance < 0.15) await again()
    else if (!live || chance < 0.4) await depositNew()
    else if (chance < 0.6) await edit(live)
    else if (chance < 0.85) await putFile(live)
    else if (chance < 0.91) await withdraw(live)
    else if (chance < 0.95) await remove(live)
    else if (withdrawn) await restore(withdrawn)
    if (ledger.counts.unknown > before) await sleep(REST)
  }
}

const NEW: State = { edition: 1, status: 'public', files: {}, revision: 1 }

/** Bytes of a file, now and then more than one part of an upload holds. */
function noise(random: Random): Buffer {
  const size = random() < 0.02 ? 9 * 2 ** 20 : Math.floor(random() * 100_000) + 1
  const seed = Buffer.from(String(random()))
  return Buffer.alloc(size, createHash('sha512').update(seed).digest())
}

async function send(stage: Stage, ledger: Ledger, asked: Asked): Promise<Answer> {
  const headers = { ...asked.headers, authorization: `Bearer ${stage.token}` }
  const answer = await ask(stage.web, { ...asked, headers })
  ledger.counts.slowestWrite = Math.max(ledger.counts.slowestWrite, answer.answered - answer.sent)
  mustSayWhen(ledger, answer, `${asked.method} ${asked.path}`)
  return answer
}

/** What the sender of a change knows. A service that failed may have failed after the change was made. */
function outcomeOf({ status, whole }: Answer): 'acknowledged' | 'refused' | 'unknown' {
  if (status >= 400 && status < 500) return 'refused'
  return status >= 200 && status < 300 && whole ? 'acknowledged' : 'unknown'
}

function count(ledger: Ledger, outcome: 'acknowledged' | 'refused' | 'unknown') {
  ledger.counts[outcome]++
}

/** Somebody who reads, and knows what they should find. */
function reader(stage: Stage, ledger: Ledger, failing: Failing, random: Random) {
  return async () => {
    const chosen = pick(random, ledger.certain)
    const asked = chosen ? pick(random, WHAT)(chosen) : HOME
    const answer = await ask(stage.web, { path: asked.path, headers: { accept: '*/*' } })
    const { counts } = ledger
    const took = answer.answered - answer.sent
    counts.slowestRead = Math.max(counts.slowestRead, took)
    if (took > LIMIT) complain(ledger, answer, `${asked.path} was answered after ${Math.round(took)} ms`)
    mustSayWhen(ledger, answer, asked.path)
    if (answer.status === 503) counts.unavailable++
    else if (answer.status === 0) {
      counts.unavailable++
      if (!failing.was('web', answer.sent)) complain(ledger, answer, `${asked.path} was not answered`)
    } else if (!answer.whole) {
      counts.brokenOff++
      if (!failing.was('web', answer.sent) && !failing.was('s3', answer.sent))
        complain(ledger, answer, `${asked.path} broke off`)
    } else {
      counts.read++
      // What was changed meanwhile may be found before or after.
      const wrong = asked.wrong(answer)
      if (wrong !== undefined) complain(ledger, answer, `${asked.path}: ${wrong}`)
    }
  }
}

interface Reading {
  path: string
  /** What is wrong with an answer; nothing where nobody can say. */
  wrong(answer: Answer): string | undefined
}

type Chosen = Ledger['certain'][number]

const HOME: Reading = { path: '/', wrong: expectStatus(200) }

/** What readers ask for, of an item that is known. */
const WHAT: ((entry: Chosen) => Reading)[] = [
  () => HOME,
  ({ key }) => ({ path: `/search?q=${key}`, wrong: expectStatus(200) }),
  ({ key }) => ({ path: `/api/v1/search?subject=${key}`, wrong: expectStatus(200) }),
  () => ({ path: '/oai?verb=ListRecords&metadataPrefix=oai_dc', wrong: expectStatus(200) }),
  (entry) =>
    asItStands(entry, `/items/${entry.number}`, (state, { status, body }) => {
      if (state.status !== 'public') return status === 410
      return status === 200 && body.includes(titleWord(entry.key, state.edition))
    }),
  (entry) =>
    asItStands(entry, `/api/v1/items/${entry.number}`, (state, answer) => {
      if (state.status !== 'public') return answer.status === 410
      return answer.status === 200 && jsonIn<{ revision: number }>(answer).revision === state.revision
    }),
  download,
  download,
]

function download(entry: Chosen): Reading {
  const [state] = entry.possible
  const [name] = Object.keys(state.files)
  if (name === undefined) return HOME
  return asItStands(entry, `/items/${entry.number}/files/${name}`, ({ status, files }, answer) => {
    if (status !== 'public') return answer.status === 410 || answer.status === 404
    return answer.status === 200 && sha256(answer.body) === files[name]
  })
}

/** What a reader who asks now must find: what was acknowledged before, or what has been changed since. */
function asItStands(entry: Chosen, path: string, fits: (state: State, answer: Answer) => boolean): Reading {
  const before = entry.possible
  return {
    path,
    wrong(answer) {
      const states = [...new Set([...before, ...entry.possible] as State[])]
      const revisions = states.map(({ revision }) => revision)
      // Changed more than once meanwhile: it may have been anything between.
      if (Math.max(...revisions) - Math.min(...revisions) > 1) return undefined
      if (states.some((state) => fits(state, answer))) return undefined
      return `${answer.status} in place of ${JSON.stringify(states)}`
    },
  }
}

function expectStatus(expected: number) {
  return ({ status }: Answer) => (status === expected ? undefined : `${status}`)
}

/** Whoever is not served is told that it is not for long, and never that something went wrong. */
function mustSayWhen(ledger: Ledger, answer: Answer, what: string) {
  const { status, headers } = answer
  if (status === 503 && headers['retry-after'] === undefined)
    complain(ledger, answer, `${what}: 503 without Retry-After`)
  if (status >= 500 && status !== 503) complain(ledger, answer, `${what}: ${status}`)
}

function complain(ledger: Ledger, { status, headers, body }: Answer, what: string) {
  const request = headers['x-request-id'] ?? ''
  ledger.complaints.push(
    `${what} (${status} ${request} ${body.subarray(0, 200).toString('utf8').replaceAll(/\s+/g, ' ')})`,
  )
}
