export { fileRoutes } from './routes.ts'
export { claimObjects, hashBytes, type StoredBytes, storeBytes, sweepObjects } from './store.ts'
