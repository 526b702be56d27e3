export { answerNegotiated } from './answer.ts'
export { metadataRoutes } from './routes.ts'
