import { grantRule, ROLES } from '../grants.ts'

export default grantRule(
  {
    name: 'role-without-exec',
    description: 'No role lets run commands in pods that others have started.',
    severity: 'high',
    level: 'mandatory',
    serves: [
      'C-0002',
      'CKV2_K8S_2',
      'Polaris rolePodExecAttach',
      'Polaris clusterrolePodExecAttach',
      'Polaris rolebindingRolePodExecAttach',
      'Polaris rolebindingClusterRolePodExecAttach',
      'Polaris clusterrolebindingPodExecAttach',
    ],
  },
  ROLES,
  {
    // Whoever upgrades the connection of a GET to a WebSocket is in as well.
    grants: [{ apiGroup: '', resources: ['pods/exec', 'pods/attach'], verbs: ['create', 'get'] }],
    write: 'rules without pods/exec and pods/attach',
  },
)
