import { PolicyPack } from '@pulumi/policy'
import { remembering } from './declaration.ts'
import type { Rule } from './index.ts'

/** Serves the rules of a pack to whoever started this process: Pulumi's engine, or our review. */
export function servePack(name: string, description: string, rules: Rule[]): void {
  new PolicyPack(name, { description, policies: [remembering, ...rules.map(({ policy }) => policy)] })
}
