import { type About, isSet, type Kind, type Rule, resourceRule, type Tell } from '../rule/index.ts'

/** A rule that what is stored is encrypted by a key in a vault of the tenancy's own, and not by one of Oracle's. */
export function ownKeyRule(about: Pick<About, 'name' | 'description' | 'serves'>, kind: Kind): Rule {
  return resourceRule({ ...about, severity: 'medium', level: 'mandatory' }, kind, (props, tell) =>
    checkOwnKey(props as object, 'kmsKeyId', tell),
  )
}

/** @param at path of the key */
export function checkOwnKey(props: object | undefined, at: string, tell: Tell): void {
  if (!isSet(props as { kmsKeyId?: string } | undefined, 'kmsKeyId'))
    tell({ at, is: undefined, write: 'the OCID of a key in a vault of your own' })
}
