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
    for (const { container, at } of pods.containers)
      for (const right of ['privileged', 'allowPrivilegeEscalation'] as const)
        if (container.securityContext?.[right]) tell({ at: `${at}.securityContext.${right}`, is: true, write: 'false' })
  },
)
