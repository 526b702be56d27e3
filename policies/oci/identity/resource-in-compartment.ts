import { everyResourceRule } from '../../rule/index.ts'
import { ROOT } from '../tenancy.ts'

/** Modules of what is about the tenancy as a whole, or watches it from its root. */
const OF_TENANCY = ['Identity', 'Audit', 'Budget', 'CloudGuard', 'Events', 'Limits', 'Ons', 'Optimizer']

export default everyResourceRule(
  {
    name: 'resource-in-compartment',
    description: 'What runs or holds data lies in a compartment, not in the root, where rights cannot be told apart.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 6.2', 'CIS 6.1'],
  },
  ({ type, props }, tell) => {
    const module = /^oci:(\w+)\//.exec(type)?.[1]
    if (module === undefined || OF_TENANCY.includes(module)) return
    // A compartment that is not known yet is one that the program makes, and so not the root: it is not read.
    const compartment: unknown = Reflect.getOwnPropertyDescriptor(props, 'compartmentId')?.value
    if (typeof compartment === 'string' && compartment.startsWith(ROOT))
      tell({ at: 'compartmentId', is: compartment, write: 'the OCID of a compartment' })
  },
)
