import { custom } from '../rule/index.ts'

/** cert-manager's Certificate, as far as rules read it. Times are Go's, such as `2160h`. */
export const CERTIFICATE = custom<{
  spec?: {
    duration?: string
    renewBefore?: string
    privateKey?: { algorithm?: string; size?: number; rotationPolicy?: string }
  }
}>('kubernetes:cert-manager.io/v1:Certificate')

interface IssuerProps {
  spec?: { acme?: { server?: string; skipTLSVerify?: boolean } }
}

export const ISSUERS = [
  custom<IssuerProps>('kubernetes:cert-manager.io/v1:Issuer'),
  custom<IssuerProps>('kubernetes:cert-manager.io/v1:ClusterIssuer'),
]

const HOURS: Record<string, number> = { h: 1, m: 1 / 60, s: 1 / 3600 }

/** Hours of a time as Go writes it: `2160h`, `1h30m`. Not a number where it is none. */
export function hoursOf(time: string): number {
  if (!/^(\d+(\.\d+)?[hms])+$/.test(time)) return Number.NaN
  return [...time.matchAll(/([\d.]+)([hms])/g)].reduce(
    (sum, [, n, unit = '']) => sum + Number(n) * (HOURS[unit] ?? 0),
    0,
  )
}
