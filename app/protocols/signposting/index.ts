export { signposts } from './header.ts'
export { citeAs, itemSignpost } from './links.ts'
export { signpostingRoutes } from './routes.ts'
