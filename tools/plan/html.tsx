import type { Plan } from './plan.ts'
export function pageOf(_plan: Plan): string {
  return ''
}
