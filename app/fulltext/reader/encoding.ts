import { detect } from 'chardet'
import type { Input } from './input.ts'
import { Unreadable } from './unreadable.ts'

/** Bytes from which an encoding is guessed where the bytes alone do not say it. */
const SAMPLE = 64 * 1024
/** Bytes of a text that are read: more than the longest text that is kept can have. */
const LONGEST = 100 * 2 ** 20

export interface Encoding {
  label: string
  /** Bytes before the text: a byte order mark. */
  skip: number
}

/**
 * How the characters of the input are encoded: by its byte order mark; as declared, if that holds; UTF-8, if all of it
 * is; otherwise by what Japanese texts of the last forty years are written in, and the others' encodings by statistics.
 *
 * @throws Unreadable if it is no text at all.
 */
export function encodingOf(input: Input, declared?: string): Encoding {
  const sample = input.range(0, SAMPLE)
  const [a, b, c] = sample
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8', skip: 3 }
  if (a === 0xff && b === 0xfe) return { label: 'utf-16le', skip: 2 }
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be', skip: 2 }
  const utf16 = wideOf(input, sample)
  if (utf16) return { label: utf16, skip: 0 }
  if (declared !== undefined && isKnown(declared) && holds(input, declared)) return { label: declared, skip: 0 }
  // Its escape sequences are ASCII, so it would pass for UTF-8.
  if (isIso2022Jp(sample) && holds(input, 'iso-2022-jp')) return { label: 'iso-2022-jp', skip: 0 }
  if (holds(input, 'utf-8')) return { label: 'utf-8', skip: 0 }
  return { label: japanese(input) ?? guessed(sample) ?? 'windows-1252', skip: 0 }
}

/** Share of characters that may be controls: a text has hardly any, data that happens to decode has many. */
const MOST_CONTROLS = 0.02
/** Controls but tab, line feed, form feed and carriage return; and what could not be decoded. */
const CONTROL = /[^\P{Cc}\t\n\f\r]|\ufffd/gu

/** Whether what bytes were decoded to is a text. */
export const isText = (decoded: string) => (decoded.match(CONTROL)?.length ?? 0) <= decoded.length * MOST_CONTROLS

/** The input's characters, in pieces. What is wrong becomes U+FFFD. */
export function* decoded(input: Input, { label, skip }: Encoding): Generator<string> {
  const decoder = new TextDecoder(label)
  for (const chunk of chunks(input, skip)) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function* chunks(input: Input, start: number) {
  let left = LONGEST
  for (const chunk of input.from(start)) {
    if (left <= 0) return
    yield chunk.subarray(0, left)
    left -= chunk.length
  }
}

/** UTF-16 without a byte order mark: zeros stand on one side of its spaces, digits and line ends. */
function wideOf(input: Input, sample: Uint8Array): string | undefined {
  let even = 0
  let odd = 0
  for (const [index, byte] of sample.entries()) if (byte === 0) index % 2 === 0 ? even++ : odd++
  if (even === 0 && odd === 0) return undefined
  if (even === 0 && holds(input, 'utf-16le')) return 'utf-16le'
  if (odd === 0 && holds(input, 'utf-16be')) return 'utf-16be'
  throw new Unreadable('is not text')
}

/** Escape sequences of ISO-2022-JP (RFC 1468) and of half-width katakana. */
const ESCAPES = ['$@', '$B', '(J', '(I'].map((rest) => Buffer.from(`\u001b${rest}`))
const isIso2022Jp = (sample: Uint8Array) => ESCAPES.some((sequence) => Buffer.from(sample).includes(sequence))

/** Shift_JIS, which TextDecoder takes as CP932, or EUC-JP: the one in which it is a text and the other is not. */
function japanese(input: Input): string | undefined {
  const candidates = ['shift_jis', 'euc-jp'].flatMap((label) => {
    const odd = oddities(input, label)
    return odd === undefined ? [] : [{ label, odd }]
  })
  const [best] = candidates.sort((x, y) => x.odd - y.odd)
  return best && best.odd < MOST_ODD ? best.label : undefined
}

/** Share of a text's characters beyond ASCII that may be such as hardly occur. */
const MOST_ODD = 0.4
/** Kana and the kanji of JIS X 0208 occur; half-width katakana in numbers, and what is beyond, mean another encoding. */
const ODD = /[\uff61-\uff9f\p{Co}]/gu
const BEYOND_ASCII = /\P{ASCII}/gu

function oddities(input: Input, label: string): number | undefined {
  try {
    let odd = 0
    let all = 0
    const decoder = new TextDecoder(label, { fatal: true })
    const count = (text: string) => {
      odd += text.match(ODD)?.length ?? 0
      all += text.match(BEYOND_ASCII)?.length ?? 0
    }
    for (const chunk of chunks(input, 0)) count(decoder.decode(chunk, { stream: true }))
    if (input.size() <= LONGEST) count(decoder.decode())
    return odd / Math.max(all, 1)
  } catch {
    return undefined
  }
}

function guessed(sample: Uint8Array): string | undefined {
  const label = detect(sample)
  return label !== null && isKnown(label) ? label : undefined
}

function isKnown(label: string): boolean {
  try {
    new TextDecoder(label)
    return true
  } catch {
    return false
  }
}

/** Whether the whole input can be decoded so. */
function holds(input: Input, label: string): boolean {
  try {
    const decoder = new TextDecoder(label, { fatal: true })
    for (const chunk of chunks(input, 0)) decoder.decode(chunk, { stream: true })
    // Where we end before the input does, it may be in the middle of a character.
    if (input.size() <= LONGEST) decoder.decode()
    return true
  } catch {
    return false
  }
}
