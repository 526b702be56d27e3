export { indexItems } from './index-items.ts'
export type { Position, SearchIndex } from './port.ts'
export { postgresqlSearch } from './postgresql.ts'
