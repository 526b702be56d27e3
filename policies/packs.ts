import { rules as kubernetes } from './kubernetes/rules.ts'
import { rules as kura } from './kura/rules.ts'
import { rules as oci } from './oci/rules.ts'
import type { Rule } from './rule/index.ts'

/** The rules of all packs, by pack: for what looks at them without running them. */
export const PACKS: Record<string, Rule[]> = { oci, kubernetes, kura }
