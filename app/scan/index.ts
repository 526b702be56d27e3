export { askForScans, scanAgain, waitingContents } from './ask.ts'
export { releaseRoutes } from './routes.ts'
export { scanFiles } from './scan.ts'
