import { openingRule } from '../ports.ts'

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
    const every = opening.ranges.some(({ min, max }) => min === 1 && max === 65_535)
    if (every && opening.anywhere)
      tell({ at: opening.at, is: opening.other, write: 'the range that is used, or the protocol and its ports' })
  },
)
