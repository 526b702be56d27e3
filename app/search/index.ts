export { indexItems } from './index-items.ts'
export type { Position } from './port.ts'
export { postgresqlSearch } from './postgresql/index.ts'
