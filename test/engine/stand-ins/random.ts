import { randomBytes, randomInt } from 'node:crypto'
import { computed } from '../../../tools/evaluate/answers.ts'
import { compared } from './compared.ts'
import { type Properties, type StandIn, UNKNOWN } from './stand-in.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const CHARACTERS = `${LETTERS}${LETTERS.toUpperCase()}0123456789`

/** By type, the inputs that are played, and the outputs besides. Others are refused rather than passed over. */
const PLAYED: Record<string, { inputs: string[]; outputs: string[] }> = {
  'random:index/randomPassword:RandomPassword': {
    inputs: ['length', 'special', 'keepers'],
    outputs: ['result', 'bcryptHash'],
  },
  'random:index/randomId:RandomId': { inputs: ['byteLength', 'keepers'], outputs: ['b64Std', 'b64Url', 'dec', 'hex'] },
}

/** Plays the provider of random values, which live in the state alone. Hashes have the form of bcrypt's, and no more. */
export function random(version: string): StandIn {
  const made = (type: string, urn: string, inputs: Properties) => {
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
    return computed(type, { urn, name: '', inputs, random: text })
  }
  return {
    name: 'random',
    version,
    async check({ type, inputs }) {
      const played = PLAYED[type]?.inputs ?? []
      const others = Object.keys(inputs).filter((input) => !played.includes(input))
      const failures = others.map((property) => ({ property, reason: 'is not played by the stand-in' }))
      if (inputs.special !== undefined && inputs.special !== false)
        failures.push({ property: 'special', reason: 'the stand-in makes letters and digits alone' })
      return { inputs, failures }
    },
    async diff({ type, oldInputs, inputs }) {
      return compared(type, oldInputs, inputs)
    },
    async create({ urn, type, inputs, preview }) {
      const unknown = (PLAYED[type]?.outputs ?? []).map((name) => [name, UNKNOWN])
      if (preview) return { id: '', outputs: { ...inputs, ...Object.fromEntries(unknown) } }
      const added = made(type, urn, inputs)
      return { id: String(added.b64Url ?? 'none'), outputs: { ...inputs, ...added } }
    },
    read: async ({ id, inputs, outputs }) => ({ id, inputs, outputs }),
    async update({ type }) {
      throw new Error(`${type} is made anew when anything of it changes`)
    },
    async delete() {},
    async invoke(token) {
      throw new Error(`nothing is known of ${token}`)
    },
  }
}
