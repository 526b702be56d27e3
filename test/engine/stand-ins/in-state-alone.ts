import { compared } from './compared.ts'
import { type Asked, type Properties, type StandIn, UNKNOWN } from './stand-in.ts'

/** A provider whose resources exist in the state and nowhere else. */
interface InStateAlone extends Pick<StandIn, 'name' | 'version' | 'update'> {
  /** By type, the inputs that are played, and the outputs besides. Others are refused rather than passed over. */
  played: Record<string, { inputs: string[]; outputs: string[] }>
  /** What is wrong with inputs that are played. */
  faults?: (inputs: Properties) => { property: string; reason: string }[]
  make(asked: Asked & { inputs: Properties }): Promise<{ id: string; added: Properties }>
}

/** Plays it: nothing is read anew, and nothing ends but with the state. */
export function inStateAlone({ name, version, played, faults = () => [], make, update }: InStateAlone): StandIn {
  return {
    name,
    version,
    async check({ type, inputs }) {
      const known = played[type]?.inputs ?? []
      const others = Object.keys(inputs).filter((input) => !known.includes(input))
      const unplayed = others.map((property) => ({ property, reason: 'is not played by the stand-in' }))
      return { inputs, failures: [...unplayed, ...faults(inputs)] }
    },
    async diff({ type, oldInputs, inputs }) {
      return compared(type, oldInputs, inputs)
    },
    async create(asked) {
      const { type, inputs, preview } = asked
      const unknown = (played[type]?.outputs ?? []).map((output) => [output, UNKNOWN])
      if (preview) return { id: '', outputs: { ...inputs, ...Object.fromEntries(unknown) } }
      const { id, added } = await make(asked)
      return { id, outputs: { ...inputs, ...added } }
    },
    read: async ({ id, inputs, outputs }) => ({ id, inputs, outputs }),
    update,
    async delete() {},
    async invoke(token) {
      throw new Error(`nothing is known of ${token}`)
    },
  }
}
