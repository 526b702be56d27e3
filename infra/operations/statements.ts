/** A statement of Oracle's IAM. It holds where all of its conditions do. */
export function allow(who: string, may: string, compartment: string, ...conditions: string[]): string {
  const where = conditions.length > 0 ? ` where all {${conditions.join(', ')}}` : ''
  return `Allow ${who} to ${may} in compartment id ${compartment}${where}`
}

/** A statement that holds everywhere in the tenancy: for reading alone, and for what exists once. */
export function allowInTenancy(who: string, may: string): string {
  return `Allow ${who} to ${may} in tenancy`
}

/** A condition: the variable has this value. */
export function is(variable: string, value: string): string {
  return `${variable} = '${value}'`
}

/** A condition: the variable has one of these values. */
export function oneOf(variable: string, values: readonly string[]): string {
  return `any {${values.map((value) => is(variable, value)).join(', ')}}`
}

/** Conditions: the variable has none of these values. */
export function noneOf(variable: string, values: readonly string[]): string[] {
  return values.map((value) => `${variable} != '${value}'`)
}

/** Conditions: who asks is a resource of this type, in this compartment. Oracle calls it `any-user`. */
export function resource(type: string, compartment: string): string[] {
  return [is('request.principal.type', type), is('request.principal.compartment.id', compartment)]
}
