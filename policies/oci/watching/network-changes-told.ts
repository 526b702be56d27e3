import { core } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { type Subject, untold } from '../events.ts'

const SUBJECTS: Subject[] = [
  { of: 'changes of networks', control: 'CIS 4.8', types: changes('virtualnetwork', 'vcn') },
  { of: 'changes of route tables', control: 'CIS 4.9', types: moves('virtualnetwork', 'routetable') },
  { of: 'changes of security lists', control: 'CIS 4.10', types: moves('virtualnetwork', 'securitylist') },
  {
    of: 'changes of security groups',
    control: 'CIS 4.11',
    types: moves('virtualnetwork', 'networksecuritygroup'),
  },
  {
    of: 'changes of gateways',
    control: 'CIS 4.12',
    types: [
      ...changes('virtualnetwork', 'drg'),
      ...changes('virtualnetwork', 'drgattachment'),
      ...moves('virtualnetwork', 'internetgateway'),
      ...moves('virtualnetwork', 'localpeeringgateway').map(whenDone('delete')),
      ...moves('natgateway', 'natgateway'),
      ...moves('servicegateway', 'servicegateway').map(whenDone('delete')),
      'servicegateway.attachserviceid',
      'servicegateway.detachserviceid',
    ],
  },
]

export default stackRule(
  {
    name: 'network-changes-told',
    description:
      'Somebody is told when a network changes that the stack has: its routes, what it lets through, its gateways.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 4.8', 'CIS 4.9', 'CIS 4.10', 'CIS 4.11', 'CIS 4.12'],
  },
  core.Vcn,
  (stack, tell) => {
    const [network] = stack.of(core.Vcn)
    if (network) for (const violation of untold(stack, SUBJECTS, 'anywhere')) tell(network, violation)
  },
)

function changes(service: string, resource: string): string[] {
  return ['create', 'update', 'delete'].map((verb) => `${service}.${verb}${resource}`)
}

/** The same, and that something is moved to another compartment. */
function moves(service: string, resource: string): string[] {
  return [...changes(service, resource), `${service}.change${resource}compartment`]
}

/** Some work is told of when it begins and when it is done. */
function whenDone(verb: string) {
  return (type: string) => (type.includes(`.${verb}`) ? `${type}.end` : type)
}
