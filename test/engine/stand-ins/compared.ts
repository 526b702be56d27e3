import { fixedInputs } from '../../../tools/review/immutable.ts'
import { changedInputs } from './serve.ts'
import type { Difference, Properties } from './stand-in.ts'

/** What has changed, and which of that the project's table of immutable inputs names; of others nothing is claimed. */
export function compared(type: string, oldInputs: Properties, inputs: Properties): Difference {
  const changed = changedInputs(oldInputs, inputs)
  const fixed = fixedInputs(type, inputs).map((path) => path.split('.')[0])
  return { changed, replaces: changed.filter((input) => fixed.includes('*') || fixed.includes(input)) }
}
