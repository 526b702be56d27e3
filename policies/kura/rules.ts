import type { Rule } from '../rule/index.ts'
import capacity from './capacity/index.ts'
import cells from './cells/index.ts'
import definition from './definition/index.ts'
import edge from './edge/index.ts'
import protection from './protection/index.ts'
import storage from './storage/index.ts'
import watching from './watching/index.ts'

/** The pack's rules, by subject. */
export const rules: Rule[] = [...capacity, ...cells, ...definition, ...edge, ...protection, ...storage, ...watching]
