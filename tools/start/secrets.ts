import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { RandomSource } from '../evaluate/index.ts'
import { writePrivate } from './state.ts'

/** Random values that stay the same from one start to the next: kept in a file, by the URN that asks for them. */
export function keptSecrets(file: string): RandomSource {
  const kept = existsSync(file) ? z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
  return (urn, length) => {
    const value = kept[urn]
    if (value?.length === length) return value
    const made = letters(length)
    kept[urn] = made
    writePrivate(file, kept)
    return made
  }
}

/** Letters and digits alone: they need no escape anywhere. */
function letters(length: number): string {
  let text = ''
  while (text.length < length) text += randomBytes(length).toString('base64').replaceAll(/[+/=]/g, '')
  return text.slice(0, length)
}
