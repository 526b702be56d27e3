export { type Describe, type Document, describeApi, type Operation } from './document.ts'
export { aboutRoutes } from './routes.ts'
