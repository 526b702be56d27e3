export { fileRoutes } from './routes.ts'
export { claimObjects, measureBytes, type StoredBytes, storeBytes, sweepObjects } from './store.ts'
