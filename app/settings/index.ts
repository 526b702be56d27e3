export { inspectLogo } from './logo.ts'
export { settingsRoutes } from './routes.ts'
export { iconRoutes } from './serve.ts'
