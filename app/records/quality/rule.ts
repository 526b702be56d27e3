import type { Record } from '../model.ts'

/** One rule of quality: what a record of its field should be like, beyond what the model refuses. */
export interface Rule {
  /** Stable name, such as `access.embargo-date`: it stands in findings and in an institution's report. */
  name: string
  /** Where a record breaks the rule; nothing where it keeps it. Finds lazily and never throws. */
  find(record: Record): Iterable<Breach>
}

/** One place at which a record breaks a rule. */
export interface Breach {
  /** The place in the record model, such as `creators[1].names[0].lang`; indexes count from 0. */
  path: string
  /** What is wrong, and what to write instead. */
  message: string
}
