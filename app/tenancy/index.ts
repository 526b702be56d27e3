export { type Directory, openDirectory } from './directory.ts'
export { availability, tenancy } from './middleware.ts'
export { provision } from './provision.ts'
export { databaseName, isUnavailable, type Tenant, unavailable } from './tenant.ts'
