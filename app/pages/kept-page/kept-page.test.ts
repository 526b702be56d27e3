import { keptPageSuite } from './suite.ts'

keptPageSuite(() => undefined)
