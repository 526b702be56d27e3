import { core, rbac } from '@pulumi/kubernetes'
import { podsOf, WORKLOADS } from '../../kubernetes/pods.ts'
import { stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'

const BINDINGS = [rbac.v1.RoleBinding, rbac.v1.ClusterRoleBinding]

export default stackRule(
  {
    name: 'cell-without-rights',
    description: 'Nothing in a cell has an account, a token or a right in the cluster.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura cell-isolation'],
  },
  [core.v1.ServiceAccount, ...BINDINGS],
  (stack, tell, { each }) => {
    const cells = cellsOf(stack).map(({ namespace }) => namespace)
    for (const namespace of cells) {
      for (const account of within(stack, core.v1.ServiceAccount, namespace))
        tell(account, { at: 'metadata.namespace', is: namespace, write: 'no account in a cell' })
      for (const workload of within(stack, WORKLOADS, namespace)) {
        const pods = podsOf(workload.resource)
        const { serviceAccountName: account = 'default', automountServiceAccountToken: token } = pods?.spec ?? {}
        if (account !== 'default') tell(workload, { at: `${pods?.at}.serviceAccountName`, is: account, write: 'none' })
        if (token !== false)
          tell(workload, { at: `${pods?.at}.automountServiceAccountToken`, is: token, write: 'false' })
      }
    }
    each(BINDINGS, (binding) => {
      for (const [index, { kind, name, namespace }] of (binding.props.subjects ?? []).entries()) {
        const cell = cells.find((one) =>
          kind === 'ServiceAccount' ? one === namespace : name === `system:serviceaccounts:${one}`,
        )
        if (cell) tell(binding, { at: `subjects[${index}]`, holds: `accounts of ${cell}`, write: 'none of a cell' })
      }
    })
  },
)
