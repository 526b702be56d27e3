import type { Language } from '../../tenancy/schema.ts'
import { en } from './en.ts'
import { ja, type Messages } from './ja.ts'

export type { Messages } from './ja.ts'

/** All that pages say in their own words. */
export const messages: { [L in Language]: Messages } = { ja, en }
