import type { Language } from '../../tenancy/schema.ts'
import type { Entry } from './entries.ts'

/** A feed, whatever it is written as. All addresses are absolute. */
export interface Feed {
  title: string
  language: Language
  /** Who publishes it. */
  institution: string
  /** Its own address, that of its first page without a language, and of the page that shows the same. */
  self: string
  first: string
  page: string
  /** Where it goes on. */
  next?: string | undefined
  /** What was typed into the search. */
  words: string
  /** How many there are of what it shows the newest. */
  total: number
  /** Entries that it has at most. */
  size: number
  entries: Entry[]
}

/** When one of its entries changed the last time. A feed without any has always been so. */
export const updatedOf = ({ entries }: Feed): Date =>
  entries.reduce((last, { updated }) => (updated > last ? updated : last), new Date(0))
