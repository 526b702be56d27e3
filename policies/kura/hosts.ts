import type { Declared, Stack } from '../rule/index.ts'
import { Certificate, Issuer } from './kinds.ts'

/** Whether a certificate with this name is good for a host: its wildcard stands for one label. */
export function certifies(name: string, host: string): boolean {
  const [named, asked] = [name.toLowerCase(), host.toLowerCase()]
  return named === asked || (named.startsWith('*.') && asked.slice(asked.indexOf('.')) === named.slice(1))
}

/** Whether a host is a zone's own name or lies below it. */
export function isWithin(zone: string, host: string): boolean {
  return `.${host.toLowerCase()}`.endsWith(`.${zone.toLowerCase()}`)
}

/** Whether a record of this name answers for a host: DNS' wildcard stands for everything below. */
export function answersFor(record: string, host: string): boolean {
  const [named, asked] = [record.toLowerCase(), host.toLowerCase()]
  return named === asked || (named.startsWith('*.') && asked.endsWith(named.slice(1)))
}

/** Certificates that readers are served: those of an authority that everybody trusts. */
export function publicCertificates(stack: Stack): Declared<typeof Certificate>[] {
  const authorities = stack
    .of(Issuer)
    .filter(({ props }) => props.spec.acme)
    .map(({ props: { metadata } }) => `${metadata.namespace}/${metadata.name}`)
  return stack
    .of(Certificate)
    .filter(({ props: { metadata, spec } }) => authorities.includes(`${metadata.namespace}/${spec.issuerRef.name}`))
}
