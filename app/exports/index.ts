export { searchExportRoutes } from './routes.ts'
