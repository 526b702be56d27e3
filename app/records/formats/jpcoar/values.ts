import { isCalendarDate } from '../../model.ts'
import * as vocabulary from '../../vocabularies.ts'
import { toAnyUri } from '../any-uri.ts'
import type { Edition, VocabularyName } from './editions.ts'

/** How a value of the model and the characters of an element or attribute become each other. */
export interface Value<T> {
  /**
   * Characters that do not say a value are handed on as they are: the model refuses them and says why.
   * @param warn takes what is understood, but not without loss.
   */
  read(text: string, edition: Edition, warn: (message: string) => void): unknown
  /** undefined where the edition cannot say the value. */
  write(value: T, edition: Edition): string | undefined
}

const same = (text: string) => text

export const text: Value<string> = { read: same, write: same }

/** `xs:anyURI`. */
export const uri: Value<string> = { read: same, write: toAnyUri }

/**
 * `xs:date`, `xs:gYearMonth` or `xs:gYear`. The model's dates have no time zone, and it has moments and ranges: a moment
 * is written as its day, a range not at all, since neither of its ends is the date.
 */
export const calendarDate: Value<string> = {
  read: (written) => written.replace(/^([\d-]{4,10})(Z|[+-]\d{2}:\d{2})$/, '$1'),
  write(value) {
    const day = value.replace(/T.*$/, '')
    return !value.includes('/') && isCalendarDate(day) ? day : undefined
  },
}

/** `xs:positiveInteger` of a page as printed, which may be none ("iv", "e123"). libxml2 takes at most 24 digits. */
export const page: Value<string> = {
  read: same,
  write: (printed) => (/^\+?(?!0+$)\d{1,24}$/.test(printed) ? printed : undefined),
}

const toWhole = (digits: string) => (/^\+?\d+$/.test(digits) ? Number(digits) : digits)

export const whole: Value<number> = { read: toWhole, write: String }

/** A day or a month, which JPCOAR's examples write with two digits. */
export const twoDigits: Value<number> = { read: toWhole, write: (value) => String(value).padStart(2, '0') }

/** `xs:float`, as far as it is finite. */
export const decimal: Value<number> = {
  read: (digits) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : digits),
  write: String,
}

export const flag: Value<boolean> = {
  read: (word) => (word === 'True' ? true : word === 'False' ? false : word),
  write: (value) => (value ? 'True' : 'False'),
}

/** A term of a vocabulary. Terms of later editions are understood in earlier ones too. */
export function term<Name extends VocabularyName>(name: Name): Value<(typeof vocabulary)[Name][number]> {
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: the name is also the key of Edition.instead
  const known: readonly string[] = vocabulary[name]
  return {
    read(written, edition, warn) {
      if (known.includes(written)) return written
      const [, wider] = Object.entries(edition.retired[name] ?? {}).find(([former]) => former === written) ?? []
      if (wider !== undefined) {
        warn(`is ${written}, which JPCOAR has no more: taken for ${wider}`)
        return wider
      }
      const instead = Object.entries(edition.instead[name] ?? {})
      return instead.find(([, other]) => other === written)?.[0] ?? written
    },
    write(value, edition) {
      const instead = edition.instead[name]?.[value]
      return instead === undefined ? value : (instead ?? undefined)
    },
  }
}
