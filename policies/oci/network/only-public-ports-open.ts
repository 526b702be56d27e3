import { setting } from '../../rule/index.ts'
import { openingRule, type Ports } from '../ports.ts'

export default openingRule<{ ports: number[] }>(
  {
    name: 'only-public-ports-open',
    description: 'Everybody reaches the ports of public services, and no others.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP network'],
    settings: {
      ports: setting([80, 443], {
        type: 'array',
        items: { type: 'integer', minimum: 1, maximum: 65_535 },
        description: 'Ports of services that are there for everybody, by TCP and by UDP.',
      }),
    },
  },
  'ingress',
  (opening, tell, settings) => {
    const other = opening.ranges.find((ports) => !within(ports, settings.ports))
    if (other && opening.anywhere)
      tell({
        at: opening.at,
        is: opening.other,
        write: `the range of those who use ${shown(other)}, or let everybody reach ${settings.ports.join(', ')} alone`,
      })
  },
)

function within({ min, max }: Ports, ports: number[]): boolean {
  return new Set(ports.filter((port) => min <= port && port <= max)).size === max - min + 1
}

function shown({ min, max }: Ports): string {
  return min === max ? `port ${min}` : `ports ${min} to ${max}`
}
