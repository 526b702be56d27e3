import { grantRule, ROLES } from '../grants.ts'

export default grantRule(
  {
    name: 'role-without-node-proxy',
    description: "Nobody speaks to kubelets past Kubernetes' admission and audit.",
    severity: 'critical',
    level: 'mandatory',
    serves: ['CKV2_K8S_2'],
  },
  ROLES,
  {
    // Reading is enough to run commands: kubelets take a GET that becomes a WebSocket.
    grants: [{ apiGroup: '', resources: ['nodes/proxy'], verbs: ['get', 'create', 'update', 'patch', 'delete'] }],
    write: 'nodes/metrics, nodes/stats or nodes/log instead of nodes/proxy',
  },
)
