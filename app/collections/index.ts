export { collectionNames, harvestedSets, hiddenCollections } from './read.ts'
export { collectionRoutes } from './routes.ts'
