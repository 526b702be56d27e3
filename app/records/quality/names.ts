import type { Record } from '../model.ts'
import { agents, each, organisations, texts } from './places.ts'
import type { Rule } from './rule.ts'

/** A letter, digit, sign or mark of punctuation: anything that a reader sees. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

const blank = (kind: 'title' | 'name'): Rule => ({
  name: `${kind}.blank`,
  *find(record: Record) {
    for (const group of texts(record)) {
      if (group.kind !== kind) continue
      for (const { path, value } of each(group.path, group.texts)) {
        if (!VISIBLE.test(value.value))
          yield { path: `${path}.value`, message: `is blank: write the ${kind}, or leave it out` }
      }
    }
  },
})

export const blankTitle = blank('title')
export const blankName = blank('name')

/** Who made a work, and where they belong, is said by name and not by an identifier alone. */
export const missingName: Rule = {
  name: 'name.missing',
  *find(record) {
    for (const { path, value } of [...agents(record), ...organisations(record)]) {
      if (value.names.length === 0) yield { path: `${path}.names`, message: 'is missing: write the name' }
    }
  },
}
