import type { Record } from '../model.ts'
import { webAddress } from './identifiers.ts'

const CREATIVE_COMMONS =
  /^https?:\/\/creativecommons\.org\/(?:licenses\/(by(?:-nc)?(?:-nd|-sa)?)|publicdomain\/(zero))\/(\d\.\d)(\/[a-z]{2}(?![a-z]))?/i

/** A licence by its address: Creative Commons' without what leads to a translation of its summary. */
export function licenceOf({ uri }: Record['rights'][number]): { address: string; spdx?: string } | undefined {
  const [address, kind, zero, version, ported] = CREATIVE_COMMONS.exec(uri ?? '') ?? []
  if (address === undefined) {
    const other = webAddress(uri)
    return other === undefined ? undefined : { address: other }
  }
  const spdx = zero ? `CC0-${version}` : `CC-${kind?.toUpperCase()}-${version}`
  const https = `${address.replace(/^http:/i, 'https:')}/`
  // SPDX lists few of the licences that were ported to a country's law.
  return ported ? { address: https } : { address: https, spdx }
}
