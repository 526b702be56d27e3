import type { Rule } from '../rule/index.ts'
import access from './access/index.ts'
import availability from './availability/index.ts'
import custom from './custom/index.ts'
import network from './network/index.ts'
import pods from './pods/index.ts'
import secrets from './secrets/index.ts'

/** The pack's rules, by subject. */
export const rules: Rule[] = [...access, ...availability, ...custom, ...network, ...pods, ...secrets]
