export { pageRoutes, problemPage } from './routes.ts'
