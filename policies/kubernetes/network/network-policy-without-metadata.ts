import { BlockList, isIP } from 'node:net'
import { networking } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { type Port, passages } from '../network-policies.ts'

/** Where clouds tell an instance who it is, and hand it its credentials, by HTTP. */
const METADATA = '169.254.169.254'
const HTTP = 80

export default resourceRule(
  {
    name: 'network-policy-without-metadata',
    description: "No network policy lets pods ask for their node's credentials.",
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0030'],
  },
  networking.v1.NetworkPolicy,
  ({ spec }, tell) => {
    for (const { at, direction, peers, ports } of spec ? passages(spec) : []) {
      if (direction === 'Ingress' || (ports.length && !ports.some(isHttp))) continue
      const others = `ports without ${HTTP}`
      if (peers.length === 0) tell({ at: `${at}.to`, is: undefined, write: `whom, or ${others}` })
      for (const [index, { ipBlock }] of peers.entries())
        if (ipBlock && holdsMetadata(ipBlock.cidr) && !ipBlock.except?.some(holdsMetadata))
          tell({ at: `${at}.to[${index}].ipBlock`, is: ipBlock.cidr, write: `except ["${METADATA}/32"], or ${others}` })
    }
  },
)

function isHttp({ protocol = 'TCP', port, endPort }: Port): boolean {
  if (protocol !== 'TCP') return false
  // A name may stand for any number.
  if (typeof port !== 'number') return true
  return port <= HTTP && HTTP <= (endPort ?? port)
}

function holdsMetadata(range: string): boolean {
  const [address = '', length = '32'] = range.split('/')
  // What is no range, Kubernetes refuses.
  if (isIP(address) !== 4 || !/^([12]?\d|3[0-2])$/.test(length)) return false
  const list = new BlockList()
  list.addSubnet(address, Number(length), 'ipv4')
  return list.check(METADATA)
}
