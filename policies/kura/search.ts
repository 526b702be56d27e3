import { apps } from '@pulumi/kubernetes'
import { readCells } from '../../tools/plan/institutions.ts'
import { namedPool, type PodSpec, readWorkloads } from '../../tools/plan/model.ts'
import { planSearch, type SearchPlan } from '../../tools/plan/search.ts'
import type { Declared, Stack } from '../rule/index.ts'
import { declaredBy } from './plan.ts'

/** The plan of Elasticsearch, and what declares its nodes; undefined where there is none. */
export function searchOf(stack: Stack): { plan: SearchPlan; nodes: Declared<typeof apps.v1.StatefulSet> } | undefined {
  const declared = declaredBy(stack)
  const institutions = readCells(declared).reduce((sum, cell) => sum + cell.institutions.length, 0)
  const plan = planSearch(declared, institutions, readWorkloads(declared))
  const nodes = stack
    .of(apps.v1.StatefulSet)
    .find(({ props: { spec } }) => namedPool(spec?.template.spec as PodSpec) === 'elasticsearch')
  return plan && nodes && { plan, nodes }
}
