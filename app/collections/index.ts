export { placeNew } from './operations.ts'
export { collectionsIn, harvestedSets } from './read.ts'
export { collectionRoutes } from './routes.ts'
