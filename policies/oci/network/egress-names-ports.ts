import { openingRule, type Ports, TCP, UDP } from '../ports.ts'

export default openingRule(
  {
    name: 'egress-names-ports',
    description: 'What may go out to anywhere is named by its ports: whoever gets in cannot take everything out.',
    severity: 'low',
    level: 'advisory',
    serves: ['OBP network'],
  },
  'egress',
  (opening, tell) => {
    if ([TCP, UDP].some((protocol) => isAll(opening.ports(protocol as typeof TCP))) && opening.anywhere)
      tell({ at: opening.at, is: opening.other, write: 'the range that is used, or the protocol and its ports' })
  },
)

function isAll(ports: Ports | undefined): boolean {
  return ports?.min === 1 && ports.max === 65_535
}
