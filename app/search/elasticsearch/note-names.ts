import { createHash } from 'node:crypto'
import { initialOf, type Listed, listed, listKey } from '../names.ts'
import type { SearchDocument } from '../port.ts'
import type { Ask } from './connection.ts'
import { readPresent, type Version, type Write, write } from './write.ts'

/** ORCIDs noted of one name: many people of one name, and an end. */
const MOST_ORCIDS = 50
/** Names read and written at a time. */
const AT_ONCE = 1_000
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

/**
 * Notes the names of documents. None is taken away again: what no item has any more is not listed, and gone when the
 * index is made anew.
 */
export async function noteNames(ask: Ask, index: string, documents: SearchDocument[]): Promise<void> {
  const names = [...namesOf(documents)]
  for (let at = 0; at < names.length; at += AT_ONCE) {
    let left = new Map(names.slice(at, at + AT_ONCE))
    for (let tries = 0; left.size > 0; tries++) {
      if (tries === TRIES) throw new Error(`${left.size} names were written by others again and again`)
      const held = await readPresent<{ name: Name }>(ask, index, [...left.keys()], ['name'])
      const overtaken = await write(ask, index, writesOf(left, held))
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

function* writesOf(
  names: Map<string, Name>,
  held: Map<string, { source: { name: Name }; version: Version }>,
): Generator<Write> {
  for (const [id, said] of names) {
    const before = held.get(id)
    const name = joined(before?.source.name, said)
    const same =
      before?.source.name.key === name.key && name.orcids.every((orcid) => before.source.name.orcids.includes(orcid))
    if (!same) yield { id, kind: 'index', body: { name }, version: before?.version }
  }
}

/** An id has 512 bytes at most, a name may have more. */
const idOf = ({ facet, value }: Name) => `name-${createHash('sha256').update(`${facet}:${value}`).digest('base64url')}`
