import { shown } from '../findings.ts'
import { nameIdentifiers, otherIdentifiers } from './places.ts'
import type { Rule } from './rule.ts'

/** Identifier types that JPCOAR keeps for old records alone, and what took their place. */
const TYPES: { readonly [type: string]: string } = {
  ISSN: 'PISSN or EISSN',
  NAID: 'CRID, which CiNii Research gives instead',
}

/** Schemes whose registries are closed or have gone into another. */
const SCHEMES: { readonly [scheme: string]: string } = {
  GRID: 'ROR',
  NRID: 'e-Rad_Researcher',
}

export const retiredType: Rule = {
  name: 'retired.identifier',
  *find(record) {
    for (const { path, value } of otherIdentifiers(record)) {
      const instead = TYPES[value.type]
      if (instead)
        yield { path: `${path}.type`, message: `is ${shown(value.type)}, which is retired; write ${instead}` }
    }
  },
}

export const retiredScheme: Rule = {
  name: 'retired.scheme',
  *find(record) {
    for (const { path, value } of nameIdentifiers(record)) {
      const instead = SCHEMES[value.scheme]
      if (instead)
        yield { path: `${path}.scheme`, message: `is ${shown(value.scheme)}, which is retired; write ${instead}` }
    }
  },
}
