import { keptPageSuite } from './kept-page-suite.ts'

keptPageSuite(() => undefined)
