import { Problem } from '../../platform/problem.ts'
import { invalid } from '../../platform/validation.ts'
import { Chosen } from '../editing/schemas.ts'
import { wrongName } from '../match-files.ts'

/** What the metadata of an upload say of the file: `filename`, `filetype`, `access`, `until`; the rest is the sender's. */
export function fileOf(metadata: { [name: string]: string | null }) {
  const { filename, filetype, access, until } = metadata
  const name = filename?.normalize('NFC')
  if (!name) throw new Problem(422, 'Invalid', 'Upload-Metadata must say the name of the file: filename.')
  const wrong = wrongName(name)
  if (wrong) throw new Problem(422, 'Invalid', `The name of the file ${wrong}.`)
  const chosen = Chosen.safeParse({ access: access ?? undefined, until: until ?? undefined })
  if (!chosen.success) throw invalid(chosen.error)
  return { name, claimedType: filetype?.split(';', 1)[0]?.trim(), chosen: chosen.data }
}
