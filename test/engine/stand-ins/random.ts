import { randomBytes, randomInt } from 'node:crypto'
import { computed } from '../../../tools/evaluate/answers.ts'
import { inStateAlone } from './in-state-alone.ts'
import type { Properties, StandIn } from './stand-in.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const CHARACTERS = `${LETTERS}${LETTERS.toUpperCase()}0123456789`

const PLAYED = {
  'random:index/randomPassword:RandomPassword': {
    inputs: ['length', 'special', 'keepers'],
    outputs: ['result', 'bcryptHash'],
  },
  'random:index/randomId:RandomId': { inputs: ['byteLength', 'keepers'], outputs: ['b64Std', 'b64Url', 'dec', 'hex'] },
}

/** Plays the provider of random values, which live in the state alone. A hash has the form of bcrypt's, and no more. */
export function random(version: string): StandIn {
  return inStateAlone({
    name: 'random',
    version,
    played: PLAYED,
    faults: ({ special = false }) =>
      special === false ? [] : [{ property: 'special', reason: 'the stand-in makes letters and digits alone' }],
    async make({ type, urn, inputs }) {
      const added = drawn(type, urn, inputs)
      return { id: String(added.b64Url ?? 'none'), added }
    },
    async update({ type }) {
      throw new Error(`${type} is made anew when anything of it changes`)
    },
  })
}

function drawn(type: string, urn: string, inputs: Properties): Properties {
  if (type === 'random:index/randomId:RandomId') {
    const bytes = randomBytes(Number(inputs.byteLength))
    const hex = bytes.toString('hex')
    return {
      b64Std: bytes.toString('base64'),
      b64Url: bytes.toString('base64url'),
      dec: `${BigInt(`0x${hex}`)}`,
      hex,
    }
  }
  const text = (_urn: string, length: number) =>
    Array.from({ length }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('')
  return { ...computed(type, { urn, name: '', inputs, random: text }), bcryptHash: `$2a$10$${text(urn, 53)}` }
}
