export { type Issue, readIssues } from './issues.ts'
export { beforeIssue, issueBegunBefore, type Member, readMembers } from './items.ts'
export type { CollectionName } from './paths.ts'
export { type Placing, place } from './placing.ts'
export {
  type Collection,
  type CollectionInDetail,
  collectionNames,
  firstBelow,
  harvestedSets,
  hiddenCollections,
  listCollections,
  readCollection,
  shownCollections,
  shownStretches,
} from './read.ts'
export { collectionRoutes } from './routes.ts'
export { After, Placings, writePosition } from './schemas.ts'
export { holdTree, lockTree } from './tree.ts'
