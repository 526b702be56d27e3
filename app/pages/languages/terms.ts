import type * as vocabulary from '../../records/vocabularies.ts'

type Labels<Terms extends readonly string[]> = { [Term in Terms[number]]: string }

/** Schemes of identifiers and subjects, over all the lists of the record model. */
export type Scheme = (
  | typeof vocabulary.nameIdentifierSchemes
  | typeof vocabulary.holdingAgentSchemes
  | typeof vocabulary.subjectSchemes
  | typeof vocabulary.identifierTypes
  | typeof vocabulary.relatedIdentifierTypes
  | typeof vocabulary.registrationAgencies
  | typeof vocabulary.sourceIdentifierTypes
  | typeof vocabulary.funderIdentifierTypes
  | typeof vocabulary.fundingStreamIdentifierTypes
)[number]

/** What readers see in place of a controlled term. */
export interface Terms {
  resourceTypes: { [Term in vocabulary.ResourceType]: string }
  accessRights: { [Term in vocabulary.AccessRight]: string }
  versionTypes: { [Term in vocabulary.VersionType]: string }
  apcStates: Labels<typeof vocabulary.apcStates>
  contributorTypes: Labels<typeof vocabulary.contributorTypes>
  descriptionTypes: Labels<typeof vocabulary.descriptionTypes>
  dateTypes: Labels<typeof vocabulary.dateTypes>
  relationTypes: Labels<typeof vocabulary.relationTypes>
  objectTypes: Labels<typeof vocabulary.objectTypes>
  licenseTypes: Labels<typeof vocabulary.licenseTypes>
  /** Only schemes that readers do not know by the name that the vocabulary gives them. */
  schemes: { [Term in Scheme]?: string }
}
