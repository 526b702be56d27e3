import { subnetRanges } from '../../infra/network/subnets.ts'
import type { Evaluation } from '../../tools/evaluate/index.ts'
import { allPods, type Pod } from './pods.ts'
import { inputsOf } from './stacks.ts'
import type { End } from './traffic.ts'

export const OUTSIDE = 'the internet'
export const API = 'the Kubernetes API'
export const NII = "NII's storage"
export const BALANCERS = 'the load balancers'
export const NODES = 'the nodes'
export const METADATA = "an instance's metadata"
export const ORACLE = "Oracle's services"
export const DATA_NODES = 'the nodes of data'
export const FILES = 'file storage'
export const BASTION = 'the bastion'
export const DELIVERY = 'delivery'
export const PRIVATE = 'a private network elsewhere'

/** Any other pod of a namespace: one that nothing declares, and whose labels nobody knows. */
const STRANGER = 'stranger'

/** Addresses of what lies outside the cluster. */
function addressesOf(evaluation: Evaluation): Record<string, string> {
  const inside = (subnet: Subnet) => addressIn(evaluation, subnet)
  return {
    [OUTSIDE]: '198.51.100.7',
    // Object storage among them: public addresses.
    [ORACLE]: '134.70.80.1',
    [NII]: '192.0.2.7',
    [METADATA]: '169.254.169.254',
    [PRIVATE]: '172.16.3.4',
    [API]: inside('endpoint'),
    [BALANCERS]: inside('loadBalancers'),
    [NODES]: inside('nodes'),
    [DATA_NODES]: inside('dataNodes'),
    [FILES]: inside('files'),
    [BASTION]: inside('bastion'),
    [DELIVERY]: inside('delivery'),
  }
}

type Subnet = keyof ReturnType<typeof subnetRanges>

function addressIn(evaluation: Evaluation, subnet: Subnet): string {
  const [vcn] = inputsOf<{ cidrBlocks: string[] }>(evaluation, 'oci:Core/vcn:Vcn')
  const range = subnetRanges(vcn?.cidrBlocks[0] ?? '')[subnet]
  return range.replace(/\d+\/\d+$/, (last) => `${Number(last.split('/')[0]) + 5}`)
}

/** A pod as the network sees it. */
export function end(evaluation: Evaluation, { name, namespace, labels }: Pod): End {
  return { name, namespace, labels, address: addressIn(evaluation, 'pods') }
}

/**
 * Everything that may open a connection or take one: pods, strangers beside them, and what lies outside the cluster.
 * Pods on their node's own network are not among them: no policy concerns those.
 */
export function allEnds(evaluation: Evaluation): End[] {
  const pods = allPods(evaluation)
    .filter(({ spec }) => !spec.hostNetwork)
    .map((pod) => end(evaluation, pod))
  const strangers = [...new Set([...pods.map(({ namespace = '' }) => namespace), 'default'])].map((namespace) => ({
    name: `${namespace}/${STRANGER}`,
    namespace,
    labels: {},
    address: addressIn(evaluation, 'pods'),
  }))
  const outside = Object.entries(addressesOf(evaluation)).map(([name, address]) => ({ name, address }))
  return [...pods, ...strangers, ...outside]
}

/**
 * Those of the ends that patterns name: `*` stands for any part of a name, but no slash.
 *
 * @throws Error if a pattern names none, so that no rule outlives whom it is about.
 */
export function endsNamed(ends: End[], patterns: string | string[]): End[] {
  const found = [patterns].flat().flatMap((pattern) => {
    const expression = new RegExp(`^${pattern.replaceAll('*', '[^/]*')}$`)
    const these = ends.filter(({ name }) => expression.test(name))
    if (these.length === 0) throw new Error(`there is no ${pattern}`)
    return these
  })
  return [...new Set(found)]
}
