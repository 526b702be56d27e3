import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { HOSTS_PER_CERTIFICATE } from '../../tools/plan/edge.ts'
import type { Usage } from '../../tools/plan/institutions.ts'
import { seeded } from '../bench/generator.ts'

/** Institutions of the service, and how much they have (reference/platform.md): what the drawn ones add up to. */
const POPULATION = 664
const GIB = { mean: 5, most: 167 }
const ITEMS = { mean: 2700, most: 83_632 }

/** Every third institution has a host of its own; the others have theirs below the platform's domain. */
const OWN_HOST = 3
/** GiB that an institution may store without saying so in its file. */
const USUAL_LIMIT = 50

interface Options {
  /** At most 664: the first ones of one population, so that more are the same and some besides. */
  count: number
  /** Institutions in each cell. */
  perCell: number
  seed?: number
  /** The platform's own domain. */
  zone?: string
}

export interface GeneratedInstitution {
  id: string
  cell: string
  hosts: string[]
  group?: number
  gib: number
  items: number
  /** GiB a month. */
  growth: number
  /** GiB that it may store. */
  limit: number
}

/** Institutions as many and as large as those of the service, always the same for one seed. */
export function institutions({ count, perCell, seed = 1, zone = 'kura.example' }: Options): GeneratedInstitution[] {
  if (count > POPULATION) throw new RangeError(`there are ${POPULATION} institutions at most`)
  const random = seeded(seed)
  const sizes = draw(random, GIB)
  // Who has much has mostly many items, though not always.
  const rank = sizes.map((size) => Math.log(size) + normal(random()) * 0.7)
  const bySize = rank.map((_, index) => index).sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0))
  const counts = draw(random, ITEMS).sort((a, b) => a - b)
  const items = new Map(bySize.map((institution, place) => [institution, Math.round(counts[place] ?? 0)]))

  return sizes.slice(0, count).map((size, index) => {
    const id = `institution-${String(index + 1).padStart(3, '0')}`
    const gib = Math.round(size * 1000) / 1000
    const own = index % OWN_HOST === 0
    return {
      id,
      cell: `cell-${String(Math.floor(index / perCell) + 1).padStart(3, '0')}`,
      hosts: [own ? `repository.${id}.example` : `${id}.${zone}`],
      ...(own ? { group: Math.floor(index / OWN_HOST / HOSTS_PER_CERTIFICATE) + 1 } : {}),
      gib,
      items: items.get(index) ?? 0,
      growth: Math.round(gib * (0.005 + 0.02 * random()) * 1000) / 1000,
      limit: Math.max(USUAL_LIMIT, Math.ceil((gib * 1.5) / 50) * 50),
    }
  })
}

/** Writes the institutions' files, as `kura:tenants` names their folder, which is emptied first. */
export function writeInstitutions(folder: string, all: GeneratedInstitution[]): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [index, { id, hosts, cell, group, limit }] of all.entries())
    writeFileSync(
      join(folder, `${id}.yaml`),
      stringify({
        id,
        hosts,
        cell,
        ...(group === undefined ? {} : { group }),
        ...(limit === USUAL_LIMIT ? {} : { limits: { storage: limit } }),
        initial: {
          name: { ja: `第${index + 1}大学リポジトリ`, en: `University ${index + 1} Repository` },
          languages: ['ja', 'en'],
          colour: '#1a5276',
          contact: `library@${id}.example`,
        },
      }),
    )
}

/** What they use, as `npm run plan -- --usage` reads it. */
export function usageOf(all: GeneratedInstitution[]): Usage {
  return Object.fromEntries(all.map(({ id, gib, items, growth }) => [id, { gib, items, growth }]))
}

/**
 * As many numbers as there are institutions, log-normal, with the mean and the largest that are asked for: one from
 * each of as many equally likely ranges, in random order.
 */
function draw(random: () => number, { mean, most }: { mean: number; most: number }): number[] {
  const scores = Array.from({ length: POPULATION }, (_, index) => normal((index + 0.5) / POPULATION))
  const values = (sigma: number) => scores.map((score) => Math.exp(sigma * score))
  const average = (all: number[]) => all.reduce((sum, value) => sum + value, 0) / all.length
  const ratio = (sigma: number) => {
    const all = values(sigma)
    return Math.max(...all) / average(all)
  }
  // The wider they are spread, the further the largest is from the mean.
  let [low, high] = [0, 3]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (ratio(middle) < most / mean) low = middle
    else high = middle
  }
  const all = values(low)
  const scale = mean / average(all)
  return shuffled(
    all.map((value) => value * scale),
    random,
  )
}

function shuffled<T>(values: T[], random: () => number): T[] {
  const keyed = values.map((value) => ({ value, key: random() }))
  return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value)
}

/**
 * The number that a normally distributed one stays below with this probability, to about 0.00045.
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23
 */
function normal(probability: number): number {
  const [p, sign] = probability < 0.5 ? [probability, -1] : [1 - probability, 1]
  const t = Math.sqrt(-2 * Math.log(Math.max(p, 1e-12)))
  const top = 2.515517 + t * (0.802853 + t * 0.010328)
  const bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  return sign * (t - top / bottom)
}
