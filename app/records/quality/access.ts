import type { Record } from '../model.ts'
import type { Rule } from './rule.ts'

/** An embargo ends on a day. */
export const embargoDate: Rule = {
  name: 'access.embargo-date',
  *find({ accessRights, dates }) {
    if (accessRights?.term !== 'embargoed access' || dates.some(({ type }) => type === 'Available')) return
    yield {
      path: 'dates',
      message: 'has no date of type Available, so that files stay closed: write the day on which the embargo ends',
    }
  },
}

/** Access is access to something: a file, or the same content elsewhere. */
export const withoutContent: Rule = {
  name: 'access.content',
  *find(record) {
    const right = record.accessRights?.term
    if (right === undefined || right === 'metadata only access' || holdsContent(record)) return
    yield {
      path: 'files',
      message: `has neither file nor link, but is ${right}: add one, or write metadata only access`,
    }
  },
}

/** Where there is a file, access is not to the metadata alone. */
export const metadataOnly: Rule = {
  name: 'access.metadata-only',
  *find({ accessRights, files }) {
    const index = files.findIndex(({ uri }) => uri !== undefined)
    if (accessRights?.term !== 'metadata only access' || index === -1) return
    yield {
      path: `files[${index}]`,
      message: 'is there, but access is metadata only: write the access right of the files, or leave them out',
    }
  },
}

/** Relations to the same content in another place or form. */
const SAME_CONTENT = ['isIdenticalTo', 'isFormatOf', 'hasFormat', 'isVersionOf', 'hasVersion']

const holdsContent = ({ files, relations }: Record) =>
  files.some(({ uri }) => uri !== undefined) ||
  relations.some(
    ({ type, identifier }) =>
      type !== undefined && SAME_CONTENT.includes(type) && /^https?:/i.test(identifier?.value ?? ''),
  )
