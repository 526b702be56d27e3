import { operatorRule } from '../operators.ts'

export default operatorRule(
  {
    name: 'operated-not-privileged',
    description: "What a custom resource adds to its operator's pods gets no rights on the node.",
    severity: 'critical',
    level: 'mandatory',
    serves: ['PSS privileged', 'PSS allowPrivilegeEscalation', 'C-0057', 'C-0016', 'CKV_K8S_16', 'CKV_K8S_20'],
  },
  (pods, tell) => {
    for (const list of ['containers', 'initContainers'] as const)
      for (const [index, { securityContext = {} }] of (pods.get(list) ?? []).entries())
        for (const right of ['privileged', 'allowPrivilegeEscalation'] as const)
          if (securityContext[right])
            tell({ at: `${pods.at(list)}[${index}].securityContext.${right}`, is: true, write: 'false' })
  },
)
