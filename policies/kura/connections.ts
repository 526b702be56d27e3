import { type ConnectionPlan, planConnections } from '../../tools/plan/connections.ts'
import { readCells } from '../../tools/plan/institutions.ts'
import { readWorkloads } from '../../tools/plan/model.ts'
import type { Stack } from '../rule/index.ts'
import { declaredBy } from './plan.ts'

/** The plan of connections to PostgreSQL; undefined where there is none. */
export function connectionsOf(stack: Stack): ConnectionPlan | undefined {
  const declared = declaredBy(stack)
  return planConnections(declared, readCells(declared), readWorkloads(declared))
}
