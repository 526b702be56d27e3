import { createHash } from 'node:crypto'
import { initialOf, type Listed, listed, listKey } from '../names.ts'
import type { SearchDocument } from '../port.ts'
import type { Ask } from './connection.ts'
import { readPresent, type Version, type Write, write } from './write.ts'

/** ORCIDs noted of one name: many people of one name, and an end. */
const MOST_ORCIDS = 50
/** Names read and written at a time. */
const AT_ONCE = 1_000
/** Names that are remembered at most. */
const MOST_KNOWN = 200_000
/** Times that names are tried which others write, too. */
const TRIES = 10

/** A name that items have or had: where it stands in its list. How many have it is counted among the items. */
export interface Name {
  facet: Listed
  value: string
  key: string
  initial: string
  /** What it is looked for by as it is written, where that is not how it is read. */
  written: string | null
  orcids: string[]
}

/** Names that an index holds, by id: whoever fills it need not look them up each time. */
export type KnownNames = Map<string, Name>

/**
 * Notes the names of documents. None is taken away again: what no item has any more is not listed, and gone when the
 * index is made anew.
 */
export async function noteNames(
  ask: Ask,
  index: string,
  documents: SearchDocument[],
  known: KnownNames = new Map(),
): Promise<void> {
  const names = [...namesOf(documents)].filter(([id, said]) => !saysNothingNew(known.get(id), said))
  for (let at = 0; at < names.length; at += AT_ONCE) {
    let left = new Map(names.slice(at, at + AT_ONCE))
    for (let tries = 0; left.size > 0; tries++) {
      if (tries === TRIES) throw new Error(`${left.size} names were written by others again and again`)
      const held = await readPresent<{ name: Name }>(ask, index, [...left.keys()], ['name'])
      const overtaken = await write(ask, index, writesOf(left, held))
      if (known.size > MOST_KNOWN) known.clear()
      for (const [id, said] of left) if (!overtaken.has(id)) known.set(id, joined(held.get(id)?.source.name, said))
      left = new Map([...left].filter(([id]) => overtaken.has(id)))
    }
  }
}

function namesOf(documents: SearchDocument[]): Map<string, Name> {
  const names = new Map<string, Name>()
  for (const { facets, creators } of documents)
    for (const facet of listed)
      for (const value of facets[facet]) {
        const given = facet === 'creator' ? creators.filter((creator) => creator.value === value) : []
        const reading = given.find((creator) => creator.reading)?.reading
        const name = nameOf(facet, value, reading)
        name.orcids = [...new Set(given.flatMap(({ orcid }) => orcid ?? []))]
        const id = idOf(name)
        names.set(id, joined(names.get(id), name))
      }
  return names
}

function nameOf(facet: Listed, value: string, reading: string | undefined): Name {
  const own = listKey(value)
  const key = reading === undefined ? own : listKey(reading)
  return { facet, value, key, initial: initialOf(key), written: reading === undefined ? null : own, orcids: [] }
}

/** What is known of a name, and what another document says of it. */
function joined(known: Name | undefined, said: Name): Name {
  if (!known) return said
  const place = said.written === null ? known : said
  return { ...place, orcids: [...new Set([...said.orcids, ...known.orcids])].slice(0, MOST_ORCIDS) }
}

function saysNothingNew(known: Name | undefined, said: Name): boolean {
  if (!known) return false
  const { key, orcids } = joined(known, said)
  return known.key === key && orcids.every((orcid) => known.orcids.includes(orcid))
}

function* writesOf(
  names: Map<string, Name>,
  held: Map<string, { source: { name: Name }; version: Version }>,
): Generator<Write> {
  for (const [id, said] of names) {
    const before = held.get(id)
    if (!saysNothingNew(before?.source.name, said))
      yield { id, kind: 'index', body: { name: joined(before?.source.name, said) }, version: before?.version }
  }
}

/** An id has 512 bytes at most, a name may have more. */
const idOf = ({ facet, value }: Name) => `name-${createHash('sha256').update(`${facet}:${value}`).digest('base64url')}`
