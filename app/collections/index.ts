export { harvestedSets } from './read.ts'
export { collectionRoutes } from './routes.ts'
