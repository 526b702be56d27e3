export { harvestRoutes } from './routes.ts'
