export { TREE_LOCK } from './operations.ts'
export { harvestedSets } from './read.ts'
export { collectionRoutes } from './routes.ts'
