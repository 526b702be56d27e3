import { openingRule, TCP, UDP } from '../ports.ts'

export default openingRule(
  {
    name: 'rdp-not-open',
    description:
      'Remote desktops (TCP and UDP 3389) are not open to everybody, neither by a security group nor by a security list.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CIS 2.2', 'CIS 2.4', 'CKV_OCI_20', 'CKV2_OCI_2'],
  },
  'ingress',
  (opening, tell) => {
    if (opening.reaches(3389, TCP, UDP) && opening.anywhere)
      tell({ at: opening.at, is: opening.other, write: 'the range of those who use port 3389, or use a bastion' })
  },
)
