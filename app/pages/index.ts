export { assets } from './assets.ts'
export { localized } from './page.ts'
export { pageRoutes, problemPage } from './routes.ts'

/** What a browser may do on a page: show it with our own style sheets and images, and send our forms. No script. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
