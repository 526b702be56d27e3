import { openingRule, TCP } from '../ports.ts'

export default openingRule(
  {
    name: 'ssh-not-open',
    description: 'SSH (TCP 22) is not open to everybody, neither by a security group nor by a security list.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CIS 2.1', 'CIS 2.3', 'CKV_OCI_19', 'CKV_OCI_22'],
  },
  'ingress',
  (opening, tell) => {
    if (opening.reaches(22, TCP) && opening.anywhere)
      tell({ at: opening.at, is: opening.other, write: 'the range of those who sign in to port 22, or use a bastion' })
  },
)
