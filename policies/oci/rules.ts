import type { Rule } from '../rule/index.ts'
import cluster from './cluster/index.ts'
import compute from './compute/index.ts'
import identity from './identity/index.ts'
import keys from './keys/index.ts'
import network from './network/index.ts'
import storage from './storage/index.ts'
import watching from './watching/index.ts'

/** The pack's rules, by subject. */
export const rules: Rule[] = [...cluster, ...compute, ...identity, ...keys, ...network, ...storage, ...watching]
