export { type FeedSubject, feedAddress, feedTypes } from './address.ts'
export { feedRoutes } from './routes.ts'
