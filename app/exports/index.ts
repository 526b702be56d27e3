export { exportFormats } from './formats.ts'
export { searchExportRoutes } from './routes.ts'
