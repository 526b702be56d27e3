import { BlockList, isIP } from 'node:net'
import { core } from '@pulumi/oci'
import { type About, type Rule, resourceRule, type Tell } from '../rule/index.ts'

/** Numbers of the protocols that have ports. */
export const TCP = '6'
export const UDP = '17'

type Protocol = typeof TCP | typeof UDP

/** Ports from the first to the last. */
export interface Ports {
  min: number
  max: number
}

const ALL: Ports = { min: 1, max: 65_535 }

type Direction = 'ingress' | 'egress'

/** A security rule of a group or of a list, as far as it is read. */
interface SecurityRule {
  protocol?: string | undefined
  source?: string | undefined
  sourceType?: string | undefined
  destination?: string | undefined
  destinationType?: string | undefined
  tcpOptions?: PortOptions | undefined
  udpOptions?: PortOptions | undefined
}

interface PortRange {
  min?: number | undefined
  max?: number | undefined
}

/** In a list, the range of the end where packets arrive stands beside that of the other end; in a group it has a name. */
type PortOptions = PortRange & { sourcePortRange?: PortRange | undefined; destinationPortRange?: PortRange | undefined }

/**
 * What a security rule lets through, whether a group or a list declares it. It reads only what is asked of it: much of
 * a rule may not be known before the deployment, and does not matter where the rest already lets nothing through.
 */
export class Opening {
  /** Path of the property that names who is at the other end. */
  readonly at: string
  readonly #rule: SecurityRule
  readonly #other: 'source' | 'destination'

  constructor(rule: SecurityRule, direction: Direction, path = '') {
    this.#rule = rule
    this.#other = direction === 'ingress' ? 'source' : 'destination'
    this.at = path + this.#other
  }

  /** Who is at the other end: a range of addresses, or the name of a service or a group. */
  get other(): string | undefined {
    return this.#rule[this.#other]
  }

  /** Whether anyone may be at the other end. */
  get anywhere(): boolean {
    const type = this.#rule[`${this.#other}Type`] || 'CIDR_BLOCK'
    return type.toUpperCase() === 'CIDR_BLOCK' && isAnywhere(this.other)
  }

  /** Ports at the end where packets arrive, by a protocol; undefined where none of its packets pass. */
  ports(protocol: Protocol): Ports | undefined {
    const own = this.#rule.protocol?.toLowerCase()
    if (own === 'all') return ALL
    if (own !== protocol) return undefined
    const options = protocol === TCP ? this.#rule.tcpOptions : this.#rule.udpOptions
    const { min, max } = options?.destinationPortRange ?? options ?? {}
    return { min: min || ALL.min, max: max || ALL.max }
  }

  /** Ports at the end where packets arrive, by whichever protocol. */
  get ranges(): Ports[] {
    return [this.ports(TCP), this.ports(UDP)].filter((ports) => ports !== undefined)
  }

  /** Whether packets of one of the protocols get to a port. */
  reaches(port: number, ...protocols: Protocol[]): boolean {
    return protocols.some((protocol) => {
      const ports = this.ports(protocol)
      return ports !== undefined && ports.min <= port && port <= ports.max
    })
  }
}

/** A rule about every security rule of a direction, of groups and of lists: it is asked once for each. */
export function openingRule<Settings>(
  about: About<Settings>,
  direction: Direction,
  check: (opening: Opening, tell: Tell, settings: Settings) => void,
): Rule {
  return resourceRule(
    about,
    [core.NetworkSecurityGroupSecurityRule, core.SecurityList, core.DefaultSecurityList],
    (props, tell, { settings }) => {
      if ('direction' in props) {
        if (props.direction.toLowerCase() === direction) check(new Opening(props, direction), tell, settings)
        return
      }
      const key = `${direction}SecurityRules` as const
      for (const [index, rule] of (props[key] ?? []).entries())
        check(new Opening(rule, direction, `${key}[${index}].`), tell, settings)
    },
  )
}

/** Addresses of IPv6 that are nobody's outside: unique local ones. */
const LOCAL = new BlockList()
LOCAL.addSubnet('fc00::', 7, 'ipv6')

/**
 * Whether a range of addresses is everybody. `0.0.0.0/1` and `128.0.0.0/1` together are what `0.0.0.0/0` is, and nobody
 * has more than a /8 of IPv4 or a /16 of IPv6: what is wider than that names no one. An entry that says no range lets
 * everybody in.
 */
export function isAnywhere(range: string | undefined): boolean {
  if (!range) return true
  const [address = '', length] = range.trim().split('/')
  const family = isIP(address)
  // A single address, an OCID, or the name of a service.
  if (family === 0 || length === undefined) return false
  const bits = Number(length)
  return family === 4 ? bits < 8 : bits < 16 && !(bits >= 7 && LOCAL.check(address, 'ipv6'))
}
