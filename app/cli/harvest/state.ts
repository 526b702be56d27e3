import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Harvest, StoredHarvest } from '../../harvests/harvest.ts'
import type { Target } from '../import/send.ts'
import { explain, failure } from '../import/send.ts'
import { fetchLocal } from '../localhost.ts'
import { PlainError } from '../plain-error.ts'

export type { Harvest, StoredHarvest }

/** What is harvested decides which harvest it is. */
export const harvestId = (baseUrl: string, set: string | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([baseUrl, set ?? null]))
    .digest('hex')
    .slice(0, 16)

async function call(
  { url, token }: Target,
  path: string,
  init: { method?: string; body?: string; headers?: Record<string, string> } = {},
) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers }
  return await fetchLocal(`${url}/api/v1/harvests${path}`, { ...init, headers }).catch((error) => {
    throw failure(url, error)
  })
}

/** All harvests of an institution. */
export async function listHarvests(target: Target): Promise<StoredHarvest[]> {
  const response = await call(target, '')
  if (!response.ok) throw new PlainError(await explain(response))
  return z.object({ harvests: z.array(StoredHarvest) }).parse(await response.json()).harvests
}

/** Forgets how far a harvest has come. */
export async function forgetHarvest(target: Target, id: string): Promise<void> {
  const response = await call(target, `/${encodeURIComponent(id)}`, { method: 'DELETE' })
  if (!response.ok) throw new PlainError(await explain(response))
}

/** What the institution keeps of a harvest, which one run at a time writes. */
export class HarvestState {
  readonly #target: Target
  readonly #id: string
  #tag: string | undefined
  /** As it was read or written last; nothing if there has been none. */
  harvest: Harvest | undefined

  private constructor(target: Target, id: string) {
    this.#target = target
    this.#id = id
  }

  static async read(target: Target, id: string): Promise<HarvestState> {
    const state = new HarvestState(target, id)
    const response = await call(target, `/${id}`)
    if (response.status === 404) {
      await response.body?.cancel()
      return state
    }
    if (!response.ok) throw new PlainError(await explain(response))
    state.#tag = response.headers.get('etag') ?? undefined
    const { id: _, updatedAt: __, ...harvest } = StoredHarvest.parse(await response.json())
    state.harvest = harvest
    return state
  }

  /** @throws PlainError where another run has written meanwhile: that one goes on. */
  async write(harvest: Harvest): Promise<void> {
    const checked = Harvest.safeParse(harvest)
    if (!checked.success) throw new PlainError(z.prettifyError(checked.error))
    const response = await call(this.#target, `/${this.#id}`, {
      method: 'PUT',
      body: JSON.stringify(harvest),
      headers: this.#tag === undefined ? { 'if-none-match': '*' } : { 'if-match': this.#tag },
    })
    if (response.status === 412) {
      await response.body?.cancel()
      throw new Overtaken('Another run of this harvest has begun and goes on in place of this one.')
    }
    if (!response.ok) throw new PlainError(await explain(response))
    await response.body?.cancel()
    this.#tag = response.headers.get('etag') ?? undefined
    this.harvest = harvest
  }
}

/** Another run harvests the same. */
export class Overtaken extends PlainError {
  override name = 'Overtaken'
}
