export { type Excerpt, readExcerpt, readTable, type TableExcerpt } from './excerpt.ts'
export { type Preview, previewOf } from './media.ts'
export { fileAsked, fileRoutes, fileToSend } from './routes.ts'
export { claimObjects, measureBytes, type StoredBytes, storeBytes, sweepObjects } from './store.ts'
