export { feedAddress } from './address.ts'
export { feedRoutes } from './routes.ts'
